/** TwelveLabs for any host: assets, and whatever else the API offers. */

/** Analysis. */
export * from './analysis/index.ts';
/** Assets. */
export * from './assets/index.ts';
export { TwelveLabsClient } from './client.ts';
/** Operations that need several resources. */
export {
  analyze,
  createEntity,
  createIndexedAsset,
  retrieveSearchPage,
  search,
  searchAll,
  waitForIndexedAsset,
} from './composed.ts';
export {
  accountMark,
  credentials,
  DEFAULT_BASE_URL,
  parseCredentials,
  type TwelveLabsCredentials,
} from './credentials.ts';
/** Embeddings. */
export * from './embeddings/index.ts';
/** Entities. */
export * from './entities/index.ts';
export * from './errors/index.ts';
/** Files in memory. */
export { asBytes } from './files/bytes.ts';
export { decodeBase64, fileFromBase64 } from './files/from-base64.ts';
export { type BufferFileOptions, fileFromBuffer } from './files/from-bytes.ts';
export { type AnyRequest, sendAnyRequest } from './http/any-request.ts';
/** Calls: what every resource shares. */
export type { RetryEvent } from './http/attempt.ts';
export type { MediaOptions } from './http/check-files.ts';
export type { LinkOptions } from './http/check-links.ts';
export type { ClientOptions } from './http/connection.ts';
export type { Endpoint } from './http/endpoint.ts';
export type { IterableOperation } from './http/iterable-operation.ts';
export type { ListAll } from './http/list-all.ts';
export { masked } from './http/mask.ts';
export type { Checkable, Operation } from './http/operation.ts';
export { readAnswer } from './http/read-answer.ts';
export type { RequestOptions } from './http/request-options.ts';
export type { RequestContext } from './http/requests.ts';
export { DEFAULT_RETRY, type RetryOverrides, type RetryPolicy } from './http/retry-timing.ts';
/** Indexes, and the assets in them. */
export * from './indexes/index.ts';
export type { DetectedMedia } from './media/detect.ts';
export type { MediaKind } from './media/kind.ts';
export { isTemporary } from './polling/poll.ts';
export type { PollOptions } from './polling/wait-options.ts';
/** Watches: what happened since the last look. */
export {
  EVENTS,
  type EventName,
  exampleEvent,
  isStateOf,
  pollEvents,
  startWatch,
  type WatchEvent,
  type Watched,
  type WatchState,
} from './polling/watch.ts';
export { Pool, type PoolLimits, type PoolTask } from './pool/pool.ts';
export type {
  ByteStream,
  Clock,
  FileSource,
  HttpMethod,
  HttpRequest,
  HttpResponse,
  RequestBody,
  StreamOptions,
  Transport,
} from './ports.ts';
/** What the use cases of an asset require. */
export {
  checkRequirements,
  type EndpointFit,
  type Fits,
  parseUseCases,
  type RequirementCheck,
  type RequirementsReport,
  USE_CASES,
  type UseCase,
} from './requirements/check-requirements.ts';
/** Search. */
export * from './search/index.ts';
/** Words for values and sizes, as messages use them. */
export { excerpt } from './text/excerpt.ts';
export { formatBytes } from './text/format-bytes.ts';
export { shapeOf } from './validation/shape.ts';
export {
  type UserMetadata,
  type UserMetadataUpdate,
  userMetadata,
  userMetadataUpdate,
} from './validation/user-metadata.ts';
/** Whether a base URL's host is this machine. */
export { isLoopback } from './validation/web-url.ts';

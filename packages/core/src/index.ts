/** Create and manage TwelveLabs assets, independent of any host. */
export { AssetsClient, type AssetsClientOptions } from './assets-client.ts';
export { buildCreateAssetRequest } from './create/build-request.ts';
export { CreateLedger } from './create/ledger.ts';
export { ONCE_KEY, ONCE_WINDOW } from './create/once.ts';
export type { CreatePlan } from './create/prepare.ts';
export * from './errors/index.ts';
export {
  checkWorkflowFit,
  WORKFLOWS,
  type Workflow,
  type WorkflowCheck,
  type WorkflowFit,
} from './fit/workflow-fit.ts';
export { readBody } from './http/read-body.ts';
export type { RetryEvent } from './http/retry.ts';
export { DEFAULT_RETRY, type RetryPolicy } from './http/retry-timing.ts';
export { formatBytes, type Route, SIZE_LIMITS, type SizeLimit } from './limits.ts';
export type { MediaKind } from './media/kind.ts';
export { type Asset, type AssetPage, asset } from './model/asset.ts';
export type { CreateOptions, Progress, UploadStrategy } from './options/create-options.ts';
export type { RequestOptions } from './options/request-options.ts';
export type { UploadSession } from './options/upload-session.ts';
export type { WaitFor, WaitOptions } from './options/wait-options.ts';
export type {
  ByteStream,
  Clock,
  FileSource,
  HttpMethod,
  HttpRequest,
  HttpResponse,
  RequestBody,
  Transport,
} from './ports.ts';
export { type CreateAssetParams, createAssetParams } from './schemas/create-asset-params.ts';
export {
  credentials,
  DEFAULT_BASE_URL,
  parseCredentials,
  type TwelveLabsCredentials,
} from './schemas/credentials.ts';
export { type ListAllParams, type ListParams, listParams } from './schemas/list-params.ts';
export {
  type UserMetadata,
  type UserMetadataUpdate,
  userMetadata,
  userMetadataUpdate,
} from './schemas/user-metadata.ts';
export { shapeOf } from './validation/shape.ts';

/** Create and manage TwelveLabs assets, independent of any host. */
export { AssetsClient, type AssetsClientOptions } from './assets/assets-client.ts';
export { CreateLedger } from './assets/create/claims.ts';
export { ONCE_KEY, ONCE_WINDOW } from './assets/create/create-once.ts';
export { buildCreateAssetRequest } from './assets/create/form.ts';
export type { CreateOptions, Progress, UploadStrategy } from './assets/create/options.ts';
export { type CreateAssetParams, createAssetParams } from './assets/create/params.ts';
export type { CreatePlan } from './assets/create/plan.ts';
export * from './assets/errors/index.ts';
export { type Route, SIZE_LIMITS, type SizeLimit } from './assets/limits.ts';
export { type ListAllParams, type ListParams, listParams } from './assets/list-params.ts';
export type { UploadSession } from './assets/multipart/resume-token.ts';
export { type Asset, type AssetPage, asset } from './assets/schema.ts';
export {
  type UserMetadata,
  type UserMetadataUpdate,
  userMetadata,
  userMetadataUpdate,
} from './assets/user-metadata.ts';
export type { WaitFor, WaitOptions } from './assets/wait-options.ts';
export {
  credentials,
  DEFAULT_BASE_URL,
  parseCredentials,
  type TwelveLabsCredentials,
} from './credentials.ts';
export * from './errors/index.ts';
export { readBody } from './http/read-body.ts';
export type { RequestOptions } from './http/request-options.ts';
export type { RetryEvent } from './http/retry.ts';
export { DEFAULT_RETRY, type RetryPolicy } from './http/retry-timing.ts';
export type { MediaKind } from './media/kind.ts';
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
export {
  checkWorkflowFit,
  WORKFLOWS,
  type Workflow,
  type WorkflowCheck,
  type WorkflowFit,
} from './requirements/workflow-fit.ts';
export { formatBytes } from './text/format-bytes.ts';
export { shapeOf } from './validation/shape.ts';

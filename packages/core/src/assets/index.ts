export { AssetsClient, type AssetsClientOptions } from './assets-client.ts';
export { createAsset, planAsset } from './create/create.ts';
export { ONCE_WINDOW } from './create/create-once.ts';
export { buildCreateAssetRequest } from './create/form.ts';
export { CreateLedger } from './create/ledger.ts';
export type { CreateOptions, Progress, UploadStrategy } from './create/options.ts';
export { type CreateAssetParams, createAssetParams } from './create/params.ts';
export type { CreatePlan } from './create/plan.ts';
export {
  deleteAsset,
  deleteUserMetadata,
  listAllAssets,
  listAssets,
  replaceUserMetadata,
  retrieveAsset,
  updateUserMetadata,
} from './endpoints.ts';
export { AssetFailedError } from './errors/asset-failed-error.ts';
export { UploadSessionError, type UploadSessionFailure } from './errors/upload-session-error.ts';
export { type AssetEventFilter, watchAssets } from './events.ts';
export { type Route, SIZE_LIMITS, type SizeLimit } from './limits.ts';
export { type ListParams, listParams } from './list-params.ts';
export type { UploadSession } from './multipart/resume-token.ts';
export { ONCE_METADATA_FIELD } from './once-fields.ts';
export { type Asset, type AssetPage, asset } from './schema.ts';
export type { WaitFor, WaitOptions } from './wait-options.ts';
export { waitUntilReady } from './waiting.ts';

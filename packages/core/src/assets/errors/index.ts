export { AssetFailedError } from './asset-failed-error.ts';
export { UploadSessionError, type UploadSessionFailure } from './upload-session-error.ts';

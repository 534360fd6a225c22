export { AssetFailedError } from './asset-failed-error.ts';
export { UncertainOutcomeError } from './uncertain-outcome-error.ts';
export { UploadSessionError, type UploadSessionFailure } from './upload-session-error.ts';
export { WaitTimeoutError } from './wait-timeout-error.ts';

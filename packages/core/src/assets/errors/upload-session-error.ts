import { type ErrorOptions, TwelveLabsError } from '../../errors/twelvelabs-error.ts';

export type UploadSessionFailure = 'failed' | 'expired' | 'unknown';

/** A multipart upload session cannot continue: it failed, expired (24 h), or the platform does not know it. */
export class UploadSessionError extends TwelveLabsError {
  override readonly name = 'UploadSessionError';
  readonly code = 'upload_session';
  readonly uploadId: string;
  readonly reason: UploadSessionFailure;

  constructor(uploadId: string, reason: UploadSessionFailure, message: string, options: ErrorOptions = {}) {
    super(message, {
      hint: 'Create the asset again without the resume token: a new session starts.',
      ...options,
    });
    this.uploadId = uploadId;
    this.about({ resource: 'upload_session', id: uploadId });
    this.reason = reason;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), uploadId: this.uploadId, reason: this.reason };
  }
}

import { z } from 'zod/v4';
import { count, id } from '../../validation/rules.ts';

/**
 * What it takes to continue an interrupted multipart upload: plain JSON, without key or presigned URL.
 * Good for as long as the platform keeps the session (24 h).
 */
export const uploadSession = z.lazy(() =>
  z.strictObject(
    {
      version: z.literal(1, { error: 'must be 1: the token is of another version' }),
      upload_id: id,
      asset_id: id,
      /** Bytes. */
      chunk_size: count(1),
      total_chunks: count(1),
      upload_headers: z.record(z.string(), z.string()),
      expires_at: z.string().optional(),
      /** The file that was begun with, to tell whether it is still the same. */
      file: z.strictObject({ name: z.string(), size: count(1), fingerprint: z.string() }),
    },
    { error: 'must be a session as onSession gave it' },
  ),
);

/** What it takes to continue an interrupted multipart upload: plain JSON, without key or presigned URL. */
export interface UploadSession extends z.output<typeof uploadSession> {}

import { z } from 'zod/v4';
import type { CallContext } from '../../http/call.ts';
import { parsedJson } from '../../text/parsed-json.ts';
import { check } from '../../validation/parse.ts';
import { count, id } from '../../validation/rules.ts';
import { updateUserMetadata } from '../endpoints.ts';
import { UPLOAD_METADATA_FIELD } from '../once-fields.ts';
import type { Asset } from '../schema.ts';
import type { UploadSession } from './resume-token.ts';

/** Short names: the platform stores them with the asset. */
const stored = z.lazy(() =>
  z.strictObject({
    v: z.literal(1),
    /** `upload_id` */
    id,
    /** Bytes of a chunk, and of the file. */
    chunk: count(1),
    size: count(1),
    print: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
);

/**
 * Stores a session with its asset. A platform that does not take metadata of an unfinished upload refuses: the upload
 * goes on, and a later run searches the list of incomplete uploads instead.
 */
export async function storeSession(context: CallContext, session: UploadSession): Promise<void> {
  const { upload_id, chunk_size, upload_headers, file } = session;
  const value: z.output<typeof stored> = {
    v: 1,
    id: upload_id,
    chunk: chunk_size,
    size: file.size,
    print: file.fingerprint,
    ...(Object.keys(upload_headers).length > 0 ? { headers: upload_headers } : {}),
  };
  await writeField(context, session.asset_id, JSON.stringify(value));
}

/** Removes the session from an asset that is complete. */
export function clearSession(context: CallContext, asset_id: string): Promise<void> {
  return writeField(context, asset_id, null);
}

async function writeField(context: CallContext, asset_id: string, value: string | null): Promise<void> {
  const user_metadata = { [UPLOAD_METADATA_FIELD]: value };
  // One attempt: neither is worth delaying an upload for.
  const once = { ...context, policy: { ...context.policy, maxAttempts: 1 } };
  await updateUserMetadata.send(once, { asset_id, user_metadata }).catch((error: unknown) => {
    if (context.signal?.aborted) throw error;
  });
}

/** The session that an unfinished asset has stored; `undefined` when there is none that can be read. */
export function storedSession(asset: Asset, filename: string): UploadSession | undefined {
  const text = asset.user_metadata?.[UPLOAD_METADATA_FIELD];
  if (typeof text !== 'string') return undefined;
  const { data } = check(stored, parsedJson(text), UPLOAD_METADATA_FIELD);
  return (
    data && {
      version: 1,
      upload_id: data.id,
      asset_id: asset._id,
      chunk_size: data.chunk,
      total_chunks: Math.ceil(data.size / data.chunk),
      upload_headers: data.headers ?? {},
      file: { name: filename, size: data.size, fingerprint: data.print },
    }
  );
}

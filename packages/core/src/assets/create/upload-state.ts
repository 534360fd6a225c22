import { isUnknown } from '../../http/answer.ts';
import type { CallContext } from '../../http/call.ts';
import { MAX_PAGE_LIMIT } from '../../validation/rules.ts';
import { listIncomplete } from '../multipart/endpoints.ts';
import type { UploadSession } from '../multipart/resume-token.ts';
import { sessionStatus } from '../multipart/session.ts';
import { storedSession } from '../multipart/stored-session.ts';
import type { Asset } from '../schema.ts';

/** Asset and session are stored one after the other. */
const TOGETHER_MS = 5_000;

/** How far the upload of an asset is. */
export type UploadState =
  /** Nothing is left to send. */
  | 'sent'
  /** Nobody can continue it: the session has expired, or what it needs is not known. */
  | 'lost'
  | UploadSession;

/**
 * Finds out whether an asset with a create-once key is an upload that is not complete, and how to continue it.
 * The published description gives no link from an asset to its session: it is stored in the asset's metadata, or else
 * found among the incomplete uploads by size and moment of creation.
 * @param file the file to continue with
 */
export async function uploadStateOf(
  context: CallContext,
  asset: Asset,
  file: { readonly name: string; readonly size: number | undefined } | undefined,
): Promise<UploadState> {
  if (asset.method !== 'multipart' || asset.status !== 'processing') return 'sent';
  const stored = storedSession(asset, file?.name ?? '');
  if (!stored) return incompleteUpload(context, asset, file);
  const { status } = await sessionStatus(context, stored.upload_id, false).catch((error: unknown) => {
    if (isUnknown(error)) return { status: 'unknown' };
    throw error;
  });
  if (status === 'completed') return 'sent';
  return status === 'active' ? stored : 'lost';
}

async function incompleteUpload(
  context: CallContext,
  asset: Asset,
  file: { readonly name: string; readonly size: number | undefined } | undefined,
): Promise<UploadState> {
  const created = Date.parse(asset.created_at ?? '');
  const { data } = await listIncomplete.send(context, { page_limit: MAX_PAGE_LIMIT });
  const session = data.find(
    ({ created_at }) => Math.abs(Date.parse(created_at ?? '') - created) <= TOGETHER_MS,
  );
  if (!session) return 'sent';
  const { upload_id, total_size, chunk_size, total_chunks } = session;
  if (!chunk_size || !total_chunks || !file?.size || total_size !== file.size) return 'lost';
  return {
    version: 1,
    upload_id,
    asset_id: asset._id,
    chunk_size,
    total_chunks,
    upload_headers: {},
    file: { name: file.name, size: file.size, fingerprint: '' },
  };
}

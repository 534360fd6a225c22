import type { CallContext } from '../../http/call.ts';
import { MAX_PAGE_LIMIT } from '../../validation/rules.ts';
import { listIncomplete } from '../multipart/endpoints.ts';
import type { Asset } from '../schema.ts';

/** Asset and session are stored one after the other. */
const TOGETHER_MS = 5_000;

/**
 * Whether an asset belongs to a multipart upload that is not complete. The published description says both that such
 * an asset shows as `processing` and that it is not available yet; it gives no link from session to asset, so the
 * moment of creation has to do.
 */
export async function isAbandonedUpload(context: CallContext, asset: Asset): Promise<boolean> {
  if (asset.method !== 'multipart' || asset.status !== 'processing') return false;
  const created = Date.parse(asset.created_at ?? '');
  const { data } = await listIncomplete.send(context, { page_limit: MAX_PAGE_LIMIT });
  return data.some(({ created_at }) => Math.abs(Date.parse(created_at ?? '') - created) <= TOGETHER_MS);
}

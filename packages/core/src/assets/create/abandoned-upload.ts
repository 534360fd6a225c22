import { z } from 'zod/v4';
import { read } from '../../http/answer.ts';
import { type CallContext, call } from '../../http/call.ts';
import { apiRequest } from '../../http/requests.ts';
import { listOf } from '../../validation/list-of.ts';
import { MAX_PAGE_LIMIT } from '../list-params.ts';
import type { Asset } from '../schema.ts';

const incompleteUploads = z.looseObject({
  data: listOf(z.looseObject({ upload_id: z.string(), created_at: z.string().optional() })),
});

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
  const request = apiRequest(context, 'GET', ['assets', 'multipart-uploads'], {
    query: { page_limit: MAX_PAGE_LIMIT },
  });
  const { data } = read(incompleteUploads, request, await call(context, request));
  return data.some((session) => Math.abs(Date.parse(session.created_at ?? '') - created) <= TOGETHER_MS);
}

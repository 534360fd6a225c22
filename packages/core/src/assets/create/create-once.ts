import type { CallContext } from '../../http/call.ts';
import { MAX_PAGE_LIMIT } from '../../validation/rules.ts';
import { listAssets } from '../endpoints.ts';
import { assetPages } from '../pages.ts';
import type { Asset } from '../schema.ts';
import { isAbandonedUpload } from './abandoned-upload.ts';

/** The metadata field that a create-once key is stored in. */
export const ONCE_METADATA_FIELD = 'create_once_key';

/** The newest assets among which a key is searched for; with a known filename, the newest of that name. */
export const ONCE_WINDOW = 500;

/**
 * Finds the newest asset that has a create-once key. Failed assets do not count, because the work is still to be done;
 * nor does an upload that somebody began and never finished.
 * @param filename narrows the search to assets of this name, when the name is known
 */
export async function findByKey(
  context: CallContext,
  key: string,
  filename: string | undefined,
): Promise<Asset | undefined> {
  const rules = { maxPages: ONCE_WINDOW / MAX_PAGE_LIMIT };
  for await (const assets of assetPages((page) => listAssets.send(context, page), { filename }, rules)) {
    for (const asset of assets) {
      if (asset.user_metadata?.[ONCE_METADATA_FIELD] !== key || asset.status === 'failed') continue;
      if (!(await isAbandonedUpload(context, asset))) return asset;
    }
  }
  return undefined;
}

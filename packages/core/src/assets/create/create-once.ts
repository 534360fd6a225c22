import { read } from '../../http/answer.ts';
import { type CallContext, call } from '../../http/call.ts';
import { apiRequest } from '../../http/requests.ts';
import { MAX_PAGE_LIMIT } from '../list-params.ts';
import type { Asset } from '../schema.ts';
import { assetPage } from '../schema.ts';
import { isAbandonedUpload } from './abandoned-upload.ts';

/** The metadata key under which a "create once" key travels. */
export const ONCE_KEY = 'create_once_key';

/** The newest assets among which a key is looked for; with a known filename, the newest of that name. */
export const ONCE_WINDOW = 500;

/**
 * Finds the newest asset that carries a "create once" key. Failed assets do not count: the work is still to be done;
 * nor does an upload that somebody began and never finished.
 * @param filename narrows the look to assets of this name, when the name is known
 */
export async function findByKey(
  context: CallContext,
  key: string,
  filename: string | undefined,
): Promise<Asset | undefined> {
  for (let page = 1; page <= ONCE_WINDOW / MAX_PAGE_LIMIT; page++) {
    const request = apiRequest(context, 'GET', ['assets'], {
      query: { page, page_limit: MAX_PAGE_LIMIT, filename },
    });
    const { data, page_info } = read(assetPage, request, await call(context, request));
    for (const asset of data) {
      if (asset.user_metadata?.[ONCE_KEY] !== key || asset.status === 'failed') continue;
      if (!(await isAbandonedUpload(context, asset))) return asset;
    }
    const isLast = data.length < MAX_PAGE_LIMIT || page >= (page_info.total_page ?? Number.POSITIVE_INFINITY);
    if (isLast) return undefined;
  }
  return undefined;
}

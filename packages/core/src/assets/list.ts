import { read } from '../http/answer.ts';
import { type CallContext, call } from '../http/call.ts';
import { apiRequest } from '../http/requests.ts';
import { type ListAllParams, type ListParams, MAX_PAGE_LIMIT } from './list-params.ts';
import { type Asset, type AssetPage, assetPage } from './schema.ts';

/** `GET /assets`: one page, newest first. */
export async function listAssets(context: CallContext, params: ListParams): Promise<AssetPage> {
  const request = apiRequest(context, 'GET', ['assets'], { query: { ...params } });
  return read(assetPage, request, await call(context, request));
}

/** Pages without anything new after which a list is taken to be at its end. */
const MAX_REPEATED = 5;

/** All assets, newest first, page by page as they are asked for. One that moves to the next page meanwhile comes once. */
export async function* listAllAssets(
  readPage: (params: ListParams) => Promise<AssetPage>,
  { limit = Number.POSITIVE_INFINITY, ...params }: ListAllParams,
): AsyncGenerator<Asset> {
  const page_limit = params.page_limit ?? Math.min(MAX_PAGE_LIMIT, limit);
  const seen = new Set<string>();
  for (let page = 1, repeated = 0; repeated < MAX_REPEATED; page++) {
    const { data, page_info } = await readPage({ ...params, page_limit, page });
    const known = seen.size;
    for (const asset of data) {
      if (seen.has(asset._id)) continue;
      seen.add(asset._id);
      yield asset;
      if (seen.size >= limit) return;
    }
    // New assets push known ones onto the next page; a server that ignores the page gives the same one for ever.
    repeated = seen.size === known ? repeated + 1 : 0;
    if (data.length === 0 || page >= (page_info.total_page ?? Number.POSITIVE_INFINITY)) return;
  }
}

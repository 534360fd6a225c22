import { type PageRules, pages } from '../http/pages.ts';
import { MAX_PAGE_LIMIT } from '../validation/rules.ts';
import type { ListParams } from './list-params.ts';
import type { Asset, AssetPage } from './schema.ts';

/** Pages of assets, newest first, as they are asked for. An asset that moves to the next page meanwhile comes once. */
export function assetPages(
  read: (params: ListParams) => Promise<AssetPage>,
  params: Omit<ListParams, 'page'>,
  rules: Pick<PageRules<Asset>, 'maxPages'> = {},
): AsyncGenerator<readonly Asset[], void, undefined> {
  const { page_limit = MAX_PAGE_LIMIT } = params;
  return pages(
    async (page) => {
      const { data, page_info } = await read({ ...params, page_limit, page });
      return { items: data, total: page_info.total_page };
    },
    { ...rules, limit: page_limit, key: ({ _id }) => _id },
  );
}

import { pageOf, searchList } from './search-list';

/** The newest assets first, searched by name on the platform. */
export const searchAssets = searchList(async (client, page, filename) => {
  const params = { page, page_limit: 50, ...(filename ? { filename } : {}) };
  const { data, page_info } = await client.assets.list(params);
  const choices = data.map(({ filename: name, ...asset }) => ({ ...asset, name }));
  return pageOf(choices, page_info);
});

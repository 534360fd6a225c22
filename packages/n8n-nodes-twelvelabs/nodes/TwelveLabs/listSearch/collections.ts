import { searchList } from './search-list';

/** Entity collections, searched by name on the platform. */
export const searchCollections = searchList(async (client, page, name) => {
  const params = { page, page_limit: 50, ...(name ? { name } : {}) };
  const { data, page_info } = await client.entityCollections.list(params);
  const results = data.map(({ _id, name: label }) => ({ name: label || _id, value: _id }));
  return { results, pages: page_info?.total_page ?? 1 };
});

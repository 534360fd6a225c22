import { pageOf, searchList } from './search-list';

/** Entity collections, searched by name on the platform. */
export const searchCollections = searchList(async (client, page, name) => {
  const params = { page, page_limit: 50, ...(name ? { name } : {}) };
  const { data, page_info } = await client.entityCollections.list(params);
  return pageOf(
    data.map(({ _id, name: label }) => ({ _id, name: label })),
    page_info,
  );
});

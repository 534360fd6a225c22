import { pageOf, searchList } from './search-list';

/** Indexes, searched by name on the platform. */
export const searchIndexes = searchList(async (client, page, index_name) => {
  const params = { page, page_limit: 50, ...(index_name ? { index_name } : {}) };
  const { data, page_info } = await client.indexes.list(params);
  return pageOf(
    data.map(({ _id, index_name: name }) => ({ _id, name })),
    page_info,
  );
});

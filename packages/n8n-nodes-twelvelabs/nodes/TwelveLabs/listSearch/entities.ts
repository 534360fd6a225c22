import { pageOf, searchList } from './search-list';

/** The entities in the chosen collection, searched by name on the platform. */
export const searchEntities = searchList(async (client, page, name, other) => {
  const params = { page, page_limit: 50, ...(name ? { name } : {}) };
  const { data, page_info } = await client.entities.list(other('collectionId'), params);
  return pageOf(
    data.map(({ _id, name: label, status }) => ({ _id, name: label, status })),
    page_info,
  );
});

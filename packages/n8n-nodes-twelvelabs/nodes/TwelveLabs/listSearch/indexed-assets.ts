import { pageOf, searchList } from './search-list';

/** The assets in the chosen index, searched by name on the platform. */
export const searchIndexedAssets = searchList(async (client, page, filename, other) => {
  const params = { page, page_limit: 50, ...(filename ? { filename } : {}) };
  const { data, page_info } = await client.indexedAssets.list(other('indexId'), params);
  const choices = data.map(({ _id, status, system_metadata }) => ({
    _id,
    status,
    name: system_metadata?.filename,
  }));
  return pageOf(choices, page_info);
});

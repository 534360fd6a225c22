import { searchList } from './search-list';

/** The newest assets first, searched by name on the platform. */
export const searchAssets = searchList(async (client, page, filename) => {
  const { data, page_info } = await client.assets.list({
    page,
    page_limit: 50,
    ...(filename ? { filename } : {}),
  });
  const results = data.map(({ _id, filename: name, status }) => ({
    name: `${name || _id}${status === 'ready' ? '' : ` (${status})`}`,
    value: _id,
  }));
  return { results, pages: page_info.total_page ?? 1 };
});

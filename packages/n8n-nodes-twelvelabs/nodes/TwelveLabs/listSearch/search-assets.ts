import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { assetsClient } from '../../shared/client';
import { toNodeError } from '../../shared/errors';

/** The "From List" of assets: the newest first, searched by name on the platform. */
export async function searchAssets(
  this: ILoadOptionsFunctions,
  filter?: string,
  paginationToken?: string,
): Promise<INodeListSearchResult> {
  try {
    const client = await assetsClient(this);
    const page = Number(paginationToken ?? 1);
    const { data, page_info } = await client.list({
      page,
      page_limit: 50,
      ...(filter ? { filename: filter } : {}),
    });
    const results = data.map(({ _id, filename, status }) => ({
      name: `${filename || _id}${status === 'ready' ? '' : ` (${status})`}`,
      value: _id,
    }));
    const isLast = page >= (page_info.total_page ?? 1);
    return { results, ...(isLast ? {} : { paginationToken: String(page + 1) }) };
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}

import type { TwelveLabsClient } from '@twelvelabs-nodes/core';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { twelveLabsClient } from '../../host/client';
import { toNodeError } from '../../host/errors';

interface Page {
  readonly results: INodeListSearchResult['results'];
  readonly pages: number;
}

/** A "From List" of a resource locator, page by page as people scroll. */
export function searchList(load: (client: TwelveLabsClient, page: number, filter: string) => Promise<Page>) {
  return async function search(
    this: ILoadOptionsFunctions,
    filter = '',
    paginationToken?: string,
  ): Promise<INodeListSearchResult> {
    try {
      const page = Number(paginationToken ?? 1);
      const { results, pages } = await load(await twelveLabsClient(this), page, filter);
      return { results, ...(page < pages ? { paginationToken: String(page + 1) } : {}) };
    } catch (error) {
      throw toNodeError(this.getNode(), error);
    }
  };
}

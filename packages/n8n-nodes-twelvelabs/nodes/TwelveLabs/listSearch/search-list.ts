import type { TwelveLabsClient } from '@twelvelabs-nodes/core';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { twelveLabsClient } from '../../host/client';
import { toNodeError } from '../../host/errors';

interface Page {
  readonly results: INodeListSearchResult['results'];
  readonly pages: number;
}

/** What people see and choose. */
interface Choice {
  readonly _id: string;
  readonly name: string | null | undefined;
  readonly status?: string | null | undefined;
}

/** A page of the platform as a page of a list: what is not ready says so. */
export function pageOf(
  choices: readonly Choice[],
  page_info: { readonly total_page?: number | null | undefined } | null | undefined,
): Page {
  const results = choices.map(({ _id, name, status }) => ({
    name: `${name || _id}${(status ?? 'ready') === 'ready' ? '' : ` (${status})`}`,
    value: _id,
  }));
  return { results, pages: page_info?.total_page ?? 1 };
}

/** Reads another field of the form: the id that it has, or a name. */
type Other = (parameter: string) => string;

/** A "From List" of a resource locator, page by page as people scroll. */
export function searchList(
  load: (client: TwelveLabsClient, page: number, filter: string, other: Other) => Promise<Page>,
) {
  return async function search(
    this: ILoadOptionsFunctions,
    filter = '',
    paginationToken?: string,
  ): Promise<INodeListSearchResult> {
    const other = (parameter: string) =>
      String(this.getCurrentNodeParameter(parameter, { extractValue: true }) ?? '');
    try {
      const page = Number(paginationToken ?? 1);
      const { results, pages } = await load(await twelveLabsClient(this), page, filter, other);
      return { results, ...(page < pages ? { paginationToken: String(page + 1) } : {}) };
    } catch (error) {
      throw toNodeError(this.getNode(), error);
    }
  };
}

import { MAX_PAGE_LIMIT } from '../validation/rules.ts';

/** What the parameters of every list have. */
export interface Paging {
  readonly page?: number | undefined;
  readonly page_limit?: number | undefined;
}

/** One page of any list. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly page_info?: { readonly total_page?: number | null | undefined } | null | undefined;
}

export interface PageRules<T> {
  /** Items that a full page has. @default the most that the platform allows */
  readonly page_limit?: number | undefined;
  /** What identifies an item. */
  readonly key: (item: T) => PropertyKey;
  /** Pages to read at most. */
  readonly maxPages?: number;
}

/** Pages without anything new after which a list counts as complete: a server that ignores `page` repeats one forever. */
const MAX_REPEATED = 5;

/**
 * Walks through a list page by page, as pages are asked for: the only loop that does.
 * @returns for each page its items that no earlier page had: new items push known ones onto the next page
 */
export async function* pages<T>(
  read: (paging: Required<Paging>) => Promise<Page<T>>,
  { page_limit = MAX_PAGE_LIMIT, key, maxPages = Number.POSITIVE_INFINITY }: PageRules<T>,
): AsyncGenerator<readonly T[], void, undefined> {
  const seen = new Set<PropertyKey>();
  for (let page = 1, repeated = 0; page <= maxPages && repeated < MAX_REPEATED; page++) {
    const { data, page_info } = await read({ page, page_limit });
    const fresh = data.filter((item) => !seen.has(key(item)));
    for (const item of fresh) seen.add(key(item));
    repeated = fresh.length === 0 ? repeated + 1 : 0;
    yield fresh;
    const total = page_info?.total_page;
    const isLast = typeof total === 'number' ? page >= total : data.length < page_limit;
    if (data.length === 0 || isLast) return;
  }
}

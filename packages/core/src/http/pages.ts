/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Pages in all, when the platform says so. */
  readonly total?: number | null | undefined;
}

export interface PageRules<T> {
  /** Items that a full page has. */
  readonly limit: number;
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
  read: (page: number) => Promise<Page<T>>,
  { limit, key, maxPages = Number.POSITIVE_INFINITY }: PageRules<T>,
): AsyncGenerator<readonly T[], void, undefined> {
  const seen = new Set<PropertyKey>();
  for (let page = 1, repeated = 0; page <= maxPages && repeated < MAX_REPEATED; page++) {
    const { items, total } = await read(page);
    const fresh = items.filter((item) => !seen.has(key(item)));
    for (const item of fresh) seen.add(key(item));
    repeated = fresh.length === 0 ? repeated + 1 : 0;
    yield fresh;
    const isLast = typeof total === 'number' ? page >= total : items.length < limit;
    if (items.length === 0 || isLast) return;
  }
}

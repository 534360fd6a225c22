import { z } from 'zod/v4';
import { count, MAX_PAGE_LIMIT } from '../validation/rules.ts';
import type { Endpoint } from './endpoint.ts';
import { type IterableOperation, iterableOperation } from './iterable-operation.ts';
import { type Page, type Paging, pages } from './pages.ts';
import { requestOptions } from './request-options.ts';

/** Parameters of a walk through all pages of a list. */
export type ListAll<P> = Omit<P, 'page'> & {
  /**
   * How many items at most.
   * @default all
   */
  readonly limit?: number | undefined;
};

/** All items of a list, page by page as the reader asks for them. */
export function listAll<P extends Paging, T>(
  list: Endpoint<P, Page<T>>,
  params: z.ZodLazy<z.ZodObject>,
  key: (item: T) => PropertyKey,
): IterableOperation<T> {
  const allParams = z.lazy(() =>
    params
      .unwrap()
      .omit({ page: true })
      .extend({ limit: count(1).optional() }),
  );
  return iterableOperation(
    allParams as unknown as z.ZodType<ListAll<P>>,
    requestOptions,
    async (context, { limit = Number.POSITIVE_INFINITY, ...filters }, _options, emit) => {
      const page_limit = filters.page_limit ?? Math.min(MAX_PAGE_LIMIT, limit);
      const read = (paging: Required<Paging>) => list.send(context, { ...filters, ...paging } as P & Paging);
      let emitted = 0;
      for await (const items of pages(read, { page_limit, key })) {
        for (const item of items) {
          await emit(item);
          if (++emitted >= limit) return;
        }
      }
    },
  );
}

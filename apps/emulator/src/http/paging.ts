import { z } from 'zod/v4';

/** A whole number in a query string. */
function integerText(min: number, max: number): z.ZodType<number> {
  const rule = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
  return z
    .string(`must be a whole number, ${rule}, given once`)
    .refine(
      (text) => /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max,
      `must be a whole number, ${rule}`,
    )
    .transform(Number);
}

/** `page` and `page_limit`, which every list takes. */
export const pagingQuery = {
  page: integerText(1, Number.MAX_SAFE_INTEGER).default(1),
  page_limit: integerText(1, 50).default(10),
};

export function pageInfo(page: number, limit: number, total: number): Record<string, number> {
  return { page, limit_per_page: limit, total_page: Math.ceil(total / limit), total_results: total };
}

/** One page of a list that is in memory, as lists are answered. */
export function pageOf<T, J>(
  all: readonly T[],
  { page, page_limit }: { readonly page: number; readonly page_limit: number },
  toJson: (item: T) => J,
): { data: J[]; page_info: Record<string, number> } {
  return {
    data: all.slice((page - 1) * page_limit, page * page_limit).map(toJson),
    page_info: pageInfo(page, page_limit, all.length),
  };
}

/** `sort_by` and `sort_option` of lists that can be sorted. */
export const sortingQuery = {
  sort_by: z.enum(['created_at', 'updated_at']).default('created_at'),
  sort_option: z.enum(['asc', 'desc']).optional(),
};

/** Sorts by a field; what is equal stays in the order of creation, or its reverse. */
export function sorted<T>(
  oldestFirst: readonly T[],
  direction: 'asc' | 'desc',
  field: (item: T) => number | string,
): T[] {
  const ascending = oldestFirst.toSorted((one, two) => {
    const [a, b] = [field(one), field(two)];
    return a < b ? -1 : a > b ? 1 : 0;
  });
  return direction === 'asc' ? ascending : ascending.toReversed();
}

const rfc3339 = /^\d{4}-\d\d-\d\d(t\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:\d\d))?$/i;

/** A date, or a date and time, in a query string, as milliseconds since the epoch. */
export const timeText = z
  .string('must be given once')
  .refine(
    (text) => rfc3339.test(text) && !Number.isNaN(Date.parse(text)),
    'must be a date and time in RFC 3339 format',
  )
  .transform((text) => Date.parse(text));

/** A parameter that may be given several times. */
export const repeatable = <T>(item: z.ZodType<T>) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(item)).optional();

/** True when `text` contains `part`, whatever the case; no `part` is in every text. */
export function contains(text: string, part: string | undefined): boolean {
  return part === undefined || text.toLowerCase().includes(part.toLowerCase());
}

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

import { z } from 'zod/v4';

/** What a page of a list says about the list. */
export const pageInfo = z
  .looseObject({
    page: z.number().nullish(),
    limit_per_page: z.number().nullish(),
    total_page: z.number().nullish(),
    total_results: z.number().nullish(),
  })
  .nullish();

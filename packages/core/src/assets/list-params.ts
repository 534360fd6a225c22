import { z } from 'zod/v4';

/** Source: the published description of `GET /assets`. */
export const MAX_PAGE_LIMIT = 50;

const positive = (message: string) =>
  z.number({ error: message }).int({ error: message }).min(1, { error: message });

/** Filters and paging of a list. */
export const listParams = z.strictObject({
  page: positive('must be a whole number from 1').optional(),
  page_limit: positive('must be a whole number from 1 to 50')
    .max(MAX_PAGE_LIMIT, { error: 'must be a whole number from 1 to 50' })
    .optional(),
  asset_ids: z
    .array(z.string().min(1, { error: 'must not be empty' }), { error: 'must be an array of asset ids' })
    .optional(),
  asset_types: z
    .array(z.enum(['image', 'video', 'audio'], { error: 'must be "image", "video" or "audio"' }), {
      error: 'must be an array',
    })
    .optional(),
  /** Part of a filename, case-insensitive. */
  filename: z.string({ error: 'must be a string' }).min(1, { error: 'must not be empty' }).optional(),
});

/** Filters and paging of a list. */
export interface ListParams extends z.output<typeof listParams> {}

export const listAllParams = listParams.omit({ page: true }).extend({
  /** How many assets at most; all by default. */
  limit: positive('must be a whole number from 1').optional(),
});

/** Filters of a walk through all pages. */
export interface ListAllParams extends z.output<typeof listAllParams> {}

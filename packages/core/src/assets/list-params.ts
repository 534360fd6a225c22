import { z } from 'zod/v4';
import { idParam, name, paging } from '../validation/rules.ts';

export const assetType = z.enum(['image', 'video', 'audio'], {
  error: 'must be "image", "video" or "audio"',
});

/** Filters and paging of a list. Source: the published description of `GET /assets`. */
export const listParams = z.strictObject({
  ...paging,
  // The platform would return everything for a list of none, which is what nobody means who computes one.
  asset_ids: z
    .array(idParam, { error: 'must be an array of asset ids' })
    .min(1, { error: 'must have at least one asset id' })
    .optional(),
  asset_types: z
    .array(assetType, { error: 'must be an array' })
    .min(1, { error: 'must have at least one type' })
    .optional(),
  /** Part of a filename, case-insensitive. */
  filename: name().optional(),
});

/** Filters and paging of a list. */
export interface ListParams extends z.output<typeof listParams> {}

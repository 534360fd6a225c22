import { z } from 'zod/v4';

const key = z.string().min(1, { error: 'needs a name for every key' });
const value = z.union([z.string(), z.number().refine(Number.isFinite), z.boolean()], {
  error: 'must be a string, a finite number or a boolean; turn anything else into a string first',
});

/** Keys and values of the user's own. Source: the published description of `UserMetadata`. */
export const userMetadata = z.record(key, value, { error: 'must be an object of keys and values' });
export type UserMetadata = z.output<typeof userMetadata>;

/** A change to metadata: `null` deletes a key; an empty string is ignored by the platform. */
export const userMetadataUpdate = z.record(key, value.nullable(), {
  error: 'must be an object of keys and values',
});
export type UserMetadataUpdate = z.output<typeof userMetadataUpdate>;

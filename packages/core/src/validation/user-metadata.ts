import { z } from 'zod/v4';

const key = z.string();
const value = z.union([z.string(), z.number().refine(Number.isFinite), z.boolean()], {
  error: 'must be a string, a finite number or a boolean; turn anything else into a string first',
});

/** An empty key is reported beside the other problems; an error of a record's key would hide its own message. */
const named = <T extends Readonly<Record<string, unknown>>>(record: z.ZodType<T>) =>
  record.refine((metadata) => !Object.hasOwn(metadata, ''), {
    error: 'must have a name for every key: one is empty',
    params: { rule: 'key' },
  });

/** Keys and values of the user's own. Source: the published description of `UserMetadata`. */
export const userMetadata = named(z.record(key, value, { error: 'must be an object of keys and values' }));
export type UserMetadata = z.output<typeof userMetadata>;

/** A change to metadata: `null` deletes a key; an empty string is ignored by the platform. */
export const userMetadataUpdate = named(
  z.record(key, value.nullable(), { error: 'must be an object of keys and values' }),
);
export type UserMetadataUpdate = z.output<typeof userMetadataUpdate>;

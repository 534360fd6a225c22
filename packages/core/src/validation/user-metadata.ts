import { z } from 'zod/v4';

const key = z.string();
const value = z.union([z.string(), z.number().refine(Number.isFinite), z.boolean()], {
  error: 'must be a string, a finite number or a boolean; turn anything else into a string first',
});

/** Names of keys. A problem with one is reported for all of the metadata: a record's own error for a key has no message. */
const named = <T extends Readonly<Record<string, unknown>>>(
  record: z.ZodType<T, T>,
  reserved: readonly string[] = [],
  advice = '',
) =>
  z.preprocess(
    (metadata, context) => {
      // A key that is deleted cannot be anybody's.
      for (const name of reserved)
        if (typeof metadata === 'object' && (Reflect.get(metadata ?? {}, name) ?? null) !== null)
          context.issues.push({
            code: 'custom',
            message: `is reserved for create-once keys: ${advice}`,
            input: metadata,
            path: [name],
            params: { rule: 'reserved' },
          });
      if (typeof metadata === 'object' && metadata !== null && Object.hasOwn(metadata, '__proto__'))
        context.issues.push({
          code: 'custom',
          // zod's records drop this key silently.
          message: 'must not have a key "__proto__": rename it',
          input: metadata,
          params: { rule: 'key' },
        });
      return metadata;
    },
    record.refine((metadata) => !Object.hasOwn(metadata, ''), {
      error: 'must have a name for every key: one is empty',
      params: { rule: 'key' },
    }),
  ) as unknown as z.ZodType<T, T>;

const all = z.record(key, value, { error: 'must be an object of keys and values' });

/** Keys and values of the user's own. Source: the published description of `UserMetadata`. */
export const userMetadata = named(all);
export const userMetadataWithout = (reserved: readonly string[], advice: string) =>
  named(all, reserved, advice);
export type UserMetadata = z.output<typeof userMetadata>;

const changes = z.record(key, value.nullable(), { error: 'must be an object of keys and values' });

/** A change to metadata: `null` deletes a key; an empty string is ignored by the platform. */
export const userMetadataUpdate = named(changes);
export const userMetadataUpdateWithout = (reserved: readonly string[], advice: string) =>
  named(changes, reserved, advice);
export type UserMetadataUpdate = z.output<typeof userMetadataUpdate>;

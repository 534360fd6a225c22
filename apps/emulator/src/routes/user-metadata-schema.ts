import { z } from 'zod/v4';
import type { UserMetadata } from '../asset-record.ts';

/** `user_metadata` as clients send it: `null` and `""` have meanings that differ by method. */
export const userMetadataInput = z.record(
  z.string().min(1),
  z.union([z.string(), z.number(), z.boolean(), z.null()], 'must be a string, a number or a boolean'),
);

type UserMetadataInput = z.output<typeof userMetadataInput>;

/** The rule of PUT, and of creating: null and the empty string are ignored. Nothing left is no metadata. */
export function replacedMetadata(input: UserMetadataInput): UserMetadata | null {
  const entries = Object.entries(input).filter(
    (entry): entry is [string, string | number | boolean] => entry[1] !== null && entry[1] !== '',
  );
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** The rule of PATCH: null deletes, the empty string is ignored, what is not named stays. */
export function mergedMetadata(
  current: UserMetadata | null,
  changes: UserMetadataInput,
): UserMetadata | null {
  const merged = new Map(Object.entries(current ?? {}));
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) merged.delete(key);
    else if (value !== '') merged.set(key, value);
  }
  return merged.size === 0 ? null : Object.fromEntries(merged);
}

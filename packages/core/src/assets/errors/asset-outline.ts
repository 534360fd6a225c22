import { excerpt } from '../../text/excerpt.ts';
import type { Asset } from '../schema.ts';

const FIELDS = [
  '_id',
  'method',
  'status',
  'filename',
  'file_type',
  'size',
  'duration',
  'created_at',
] as const;

/** What tells one asset from another, in bounded form: an error's details are stored and shown. */
export function outlineOf(asset: Asset): Record<string, unknown> {
  const known = FIELDS.flatMap((field) => {
    const value = asset[field];
    return value === undefined || value === null
      ? []
      : [[field, typeof value === 'string' ? excerpt(value) : value] as const];
  });
  const reason = asset.error?.message && { error: { message: excerpt(asset.error.message) } };
  return { ...Object.fromEntries(known), ...(reason || {}) };
}

import type { Asset } from '@twelvelabs-nodes/core';
import { flag } from '../../host/check';
import { type Field, own } from '../form/field';
import type { Call } from '../resources/operation';

const simplified = (byDefault: boolean): Field<boolean> =>
  own(
    {
      displayName: 'Simplify',
      name: 'simplify',
      type: 'boolean',
      default: byDefault,
      description: 'Whether to return a simplified version of the response instead of the raw data',
    },
    flag,
  );

export const simplify = simplified(false);

/** For lists, where the raw data of many assets hides what people look for. */
export const simplifyList = simplified(true);

/** What people look for first, in this order. */
const FIELDS = [
  '_id',
  'status',
  'meets_requirements',
  'workflow_fit',
  'filename',
  'file_type',
  'size',
  'duration',
  'created_at',
  'user_metadata',
  'hls',
  'thumbnail',
  'error',
] as const;

/** An asset as it was asked for: raw, or its main fields only. */
export function shown({ form }: Call, asset: Asset | object): object {
  if (!(form.get(simplify) ?? form.get(simplifyList))) return asset;
  const entries = new Map(Object.entries(asset));
  return Object.fromEntries(
    FIELDS.flatMap((name) => (entries.get(name) == null ? [] : [[name, entries.get(name)]])),
  );
}

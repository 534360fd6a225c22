import type { Asset } from '@twelvelabs-nodes/core';
import { flag } from '../../host/check';
import { own } from '../form/field';
import type { Call } from '../form/operation';

export const simplify = own(
  {
    displayName: 'Simplify',
    name: 'simplify',
    type: 'boolean',
    default: false,
    description: 'Whether to return a simplified version of the response instead of the raw data',
  },
  flag,
);

/** On by default: in the raw data of many assets, people do not find what they look for. */
export const simplifyList = own({ ...simplify.property, default: true }, flag);

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

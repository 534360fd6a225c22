import { excerpt } from '../text/excerpt.ts';

/** A thing as the platform sent it. */
export interface Item {
  readonly [field: string]: unknown;
}

const FIELDS = [
  '_id',
  'asset_id',
  'task_id',
  'index_name',
  'name',
  'method',
  'status',
  'filename',
  'file_type',
  'size',
  'duration',
  'created_at',
] as const;

/** The fields that identify a thing, in bounded form: an error's details are stored and shown. */
export function outlineOf(item: Item): Record<string, unknown> {
  const outline: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value = item[field];
    if (typeof value === 'string') outline[field] = excerpt(value);
    if (typeof value === 'number') outline[field] = value;
  }
  const reason = reasonOf(item);
  return reason ? { ...outline, error: { message: reason } } : outline;
}

/** Why the platform says that a thing failed, bounded; not to be parsed. */
export function reasonOf(item: Item): string | undefined {
  const { message } = (item.error ?? {}) as { message?: unknown };
  return typeof message === 'string' && message !== '' ? excerpt(message) : undefined;
}

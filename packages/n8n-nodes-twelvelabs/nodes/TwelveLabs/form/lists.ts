import { requireThat } from '../../host/check';
import type { Read } from './field';

/** Ids with commas between them, or an array from an expression. */
export const ids: Read<unknown> = (value, field) => {
  if (value === '') return undefined;
  const list =
    typeof value === 'string'
      ? value
          .split(',')
          .map((id) => id.trim())
          .filter(Boolean)
      : value;
  // The platform would return everything for a list of none, which is what nobody means who computes one.
  requireThat(
    !Array.isArray(list) || list.length > 0,
    field,
    'length',
    'must contain at least one ID',
    value,
  );
  return list;
};

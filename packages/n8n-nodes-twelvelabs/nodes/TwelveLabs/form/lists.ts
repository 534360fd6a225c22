import { requireThat } from '../../host/check';
import type { Read } from './field';

/** An empty filter filters nothing. */
export const someText: Read<unknown> = (value) => (value === '' ? undefined : value);

/** The parts of a text with commas between them; what is no text stays as it is. */
export function commaSeparated(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** Ids with commas between them, or an array from an expression. */
export const ids: Read<unknown> = (value, field) => {
  if (value === '') return undefined;
  const list = commaSeparated(value);
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

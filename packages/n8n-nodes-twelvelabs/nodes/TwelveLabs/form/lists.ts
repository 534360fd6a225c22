import { commaSeparated } from '../../host/as-meant';
import { requireThat } from '../../host/check';
import type { Read } from './field';

/** An empty filter filters nothing. */
export const someText: Read<unknown> = (value) => (value === '' ? undefined : value);

/** The same for the choices of a list. */
export const someChoices: Read<unknown> = (value) =>
  Array.isArray(value) && value.length === 0 ? undefined : value;

/**
 * The entries that people added to a list in the form. Expressions and imports can give anything: an entry that is no
 * object has none of the fields.
 * @param group the name of the list in its collection
 * @returns `undefined` when there is no list
 * @throws {ValidationError} when it is something else
 */
export function entriesOf<Name extends string>(
  collection: unknown,
  group: string,
  field: string,
): Partial<Record<Name, unknown>>[] | undefined {
  const entries = (collection as Record<string, unknown> | null | undefined)?.[group];
  if (entries === undefined) return undefined;
  requireThat(Array.isArray(entries), field, 'type', 'must be a list', entries);
  // Not `map`, which skips the holes of a list.
  return Array.from(entries, (entry) => (typeof entry === 'object' && entry !== null ? entry : {}));
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

import { invalid, notFound } from '../errors.ts';
import { isId } from '../ids.ts';
import type { RecordTable, Stored } from '../store/records.ts';

/**
 * The record that a path names.
 *
 * @param field what errors call its identifier.
 * @param parent what it has to belong to.
 * @throws {PlatformError} 400 when that is no identifier, 404 when no record has it.
 */
export function findRecord<T extends Stored>(
  table: RecordTable<T>,
  id: string,
  field: string,
  parent?: string,
): T {
  if (!isId(id)) throw invalid(field, 'It has to be an identifier of 24 hexadecimal digits.');
  const record = table.get(id);
  if (record === undefined || (parent !== undefined && record.parent !== parent)) throw notFound(id);
  return record;
}

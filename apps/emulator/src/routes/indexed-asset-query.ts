import { z } from 'zod/v4';
import { invalid } from '../errors.ts';
import { contains, pagingQuery, repeatable, sortingQuery, timeText } from '../http/paging.ts';
import { validate } from '../http/validate.ts';
import type { IndexedAssetRecord } from '../store/indexes.ts';

const status = z.enum(['ready', 'pending', 'queued', 'indexing', 'failed']);

const listQuery = z.strictObject({
  ...pagingQuery,
  ...sortingQuery,
  status: repeatable(status),
  filename: z.string().optional(),
  created_at: timeText.optional(),
  updated_at: timeText.optional(),
  user_metadata: z.string().optional(),
});

/** Fields that can be filtered by a range, as in `duration[gte]=4`. */
const ranges = ['duration', 'fps', 'width', 'height', 'size'] as const;

type Query = z.output<typeof listQuery>;

export interface IndexedAssetFilter extends Pick<Query, 'page' | 'page_limit' | 'sort_by' | 'sort_option'> {
  matches(record: IndexedAssetRecord, progress: { status: string; since: number }): boolean;
}

/**
 * Reads the query of a list of indexed assets. Names that the API does not know are fields of user metadata, which
 * may also come as JSON in `user_metadata`.
 *
 * @throws {PlatformError} 400 naming a wrong parameter.
 */
export function indexedAssetFilter(input: Record<string, unknown>): IndexedAssetFilter {
  const known: Record<string, unknown> = {};
  const metadata = new Map<string, string>();
  const conditions: ((record: IndexedAssetRecord) => boolean)[] = [];
  for (const [name, value] of Object.entries(input)) {
    const [, field, bound] = /^(\w+)\[(gte|lte)\]$/.exec(name) ?? [];
    const range = ranges.find((candidate) => candidate === field);
    if (range !== undefined) conditions.push(inRange(range, bound === 'gte', name, value));
    else if (Object.hasOwn(listQuery.shape, name)) known[name] = value;
    else metadata.set(name, String(value));
  }
  const query = validate(listQuery, known);
  for (const [name, value] of Object.entries(metadataOf(query.user_metadata))) {
    metadata.set(name, String(value));
  }
  return {
    page: query.page,
    page_limit: query.page_limit,
    sort_by: query.sort_by,
    sort_option: query.sort_option,
    matches: (record, progress) =>
      (query.status === undefined || query.status.some((wanted) => wanted === progress.status)) &&
      contains(record.facts.filename, query.filename) &&
      record.created_at >= (query.created_at ?? 0) &&
      progress.since >= (query.updated_at ?? 0) &&
      conditions.every((condition) => condition(record)) &&
      [...metadata].every(([name, value]) => String(record.user_metadata?.[name]) === value),
  };
}

function inRange(
  field: (typeof ranges)[number],
  isLeast: boolean,
  name: string,
  value: unknown,
): (record: IndexedAssetRecord) => boolean {
  const bound = Number(value);
  if (Number.isNaN(bound)) throw invalid(name, 'It has to be a number.');
  return ({ facts }) => {
    const actual = facts[field];
    return actual !== null && (isLeast ? actual >= bound : actual <= bound);
  };
}

function metadataOf(json: string | undefined): Record<string, unknown> {
  if (json === undefined) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(json));
  } catch {
    throw invalid('user_metadata', 'It has to be an object encoded as JSON.');
  }
}

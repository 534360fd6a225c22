import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  analyze,
  type Checkable,
  createAnalysisTask,
  createEmbedding,
  createEmbeddingTask,
  search,
  searchAll,
  sendAnyRequest,
  streamAnalysis,
} from '../src/index.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform();
const ID = '0123456789abcdef01234567';

const question = (a: unknown) => ({
  video: { type: 'asset_id', asset_id: ID },
  prompt: 'x',
  response_format: { type: 'json_schema', json_schema: { properties: { a } } },
});
const query = (a: unknown) => ({
  index_id: ID,
  search_options: ['visual'],
  query_text: 'x',
  filter: { a },
});
const ofAnyModel = (a: unknown) => ({ input_type: 'a', model_name: 'marengo9', a });

/** Every operation that takes values of any kind, with a place for one. */
const PLACES: readonly [string, Checkable, (value: unknown) => unknown, string][] = [
  ['analyze', analyze, question, 'response_format.json_schema.properties.a'],
  ['createAnalysisTask', createAnalysisTask, question, 'response_format.json_schema.properties.a'],
  ['streamAnalysis', streamAnalysis, question, 'response_format.json_schema.properties.a'],
  ['search', search, query, 'filter.a'],
  ['searchAll', searchAll, query, 'filter.a'],
  ['createEmbedding', createEmbedding, ofAnyModel, 'a'],
  ['createEmbeddingTask', createEmbeddingTask, ofAnyModel, 'a'],
  ['request', sendAnyRequest, (json) => ({ method: 'POST', path: 'a', json }), 'json'],
];

const inItself: Record<string, unknown> = {};
inItself.a = [inItself, inItself, inItself, inItself];
let deep: unknown = 1;
for (let level = 0; level < 10_000; level++) deep = { properties: { a: deep } };

describe.each(PLACES)('%s refuses, before anything is sent', (_name, operation, withValue, field) => {
  it.each<[string, unknown]>([
    ['a BigInt', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['bytes', new Uint8Array(5)],
    ['a BigInt in a list', [{ b: 1n }]],
    ['a number that is none', Number.NaN],
    ['an endless number', [Number.POSITIVE_INFINITY]],
    ['nothing in a list', [undefined]],
    ['a hole in a list', Array(1)],
    ['a date that is none', new Date(Number.NaN)],
    ['a map', { b: new Map([['c', 1]]) }],
    ['a set', new Set([1])],
    ['an expression', /a/],
    ['a buffer', new ArrayBuffer(2)],
    ['an error', new Error('a')],
    ['an object that contains itself', inItself],
    ['what is nested without end', deep],
  ])('%s', async (_value, value) => {
    const issues = await operation.check(withValue(value));
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues) expect(issue.field).toMatch(new RegExp(`^${field}`));
    expect(platform.emulator.requests()).toEqual([]);
  });
});

it('what is accepted arrives as it is', async () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    withObjectString: true,
    withNullPrototype: true,
  });
  await fc.assert(
    fc.asyncProperty(anything, async (value) => {
      fc.pre(value !== undefined);
      if ((await search.check(query(value))).length > 0) return;
      const arrived: unknown = JSON.parse(JSON.stringify({ value })).value;
      expect(arrived).toEqual(withDatesAsText(value));
    }),
    { numRuns: 2_000 },
  );
});

/** The same value as JSON has it, by other means. */
function withDatesAsText(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withDatesAsText);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [[key, withDatesAsText(inner)]],
    ),
  );
}

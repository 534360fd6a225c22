import { describe, expect, it } from 'vitest';
import {
  analyze,
  type Checkable,
  createAnalysisTask,
  createEmbedding,
  createEmbeddingTask,
  search,
  searchAll,
  sendFreeRequest,
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
  ['request', sendFreeRequest, (json) => ({ method: 'POST', path: 'a', json }), 'json'],
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
    ['an object that contains itself', inItself],
    ['what is nested without end', deep],
  ])('%s', async (_value, value) => {
    const issues = await operation.check(withValue(value));
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues) expect(issue.field).toMatch(new RegExp(`^${field}`));
    expect(platform.emulator.requests()).toEqual([]);
  });
});

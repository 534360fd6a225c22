import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import { postAnalysisTask } from '../src/analysis/endpoints.ts';
import { createEmbedding } from '../src/embeddings/embed.ts';
import type { Checkable } from '../src/http/operation.ts';
import * as core from '../src/index.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform();

const PLAYER = { name: 'player', type: 'string', description: 'Who scores' };
const GOAL = { id: 'goal', description: 'A goal' };

const segments = (definition: object = {}, more: object = {}) => ({
  analysis_mode: 'time_based_metadata',
  response_format: { type: 'segment_definitions', segment_definitions: [{ ...GOAL, ...definition }] },
  ...more,
});
const field = (changes: object) => segments({ fields: [{ ...PLAYER, ...changes }] });
const ranges = (...pairs: readonly (readonly [number, number])[]) => ({
  time_ranges: pairs.map(([start_time, end_time]) => ({ start_time, end_time })),
});
const question = (more: object) => ({ prompt: 'What happens?', ...more });

const DEFINITION = 'response_format.segment_definitions.0';
const FIELD = `${DEFINITION}.fields.0`;
const RANGE = `${DEFINITION}.time_ranges`;

/** Broken rules of the published description: what is asked for, and the field that core names. */
const ANALYSES: readonly (readonly [name: string, asked: object, field: string])[] = [
  [
    'a shortest segment over the longest',
    segments({}, { min_segment_duration: 9, max_segment_duration: 3 }),
    'max_segment_duration',
  ],
  ['a segment length without segments', question({ min_segment_duration: 3 }), 'min_segment_duration'],
  [
    'a segment length and time ranges',
    segments(ranges([0, 5]), { max_segment_duration: 3 }),
    'max_segment_duration',
  ],
  ['a window and time ranges', segments(ranges([0, 5]), { end_time: 8 }), 'end_time'],
  ['a range of one second', segments(ranges([0, 1])), `${RANGE}.0.end_time`],
  ['a range that ends before it starts', segments(ranges([5, 0])), `${RANGE}.0.end_time`],
  ['ranges that overlap', segments(ranges([0, 3], [2, 5])), RANGE],
  [
    'two definitions of one id',
    { ...segments(), response_format: { type: 'segment_definitions', segment_definitions: [GOAL, GOAL] } },
    'response_format.segment_definitions',
  ],
  ['a field without a description', field({ description: undefined }), `${FIELD}.description`],
  ['an unknown type of a field', field({ type: 'date' }), `${FIELD}.type`],
  ['a timestamp without a format', field({ type: 'timestamp' }), `${FIELD}.format`],
  ['a timestamp of an unknown format', field({ type: 'timestamp', format: 'iso' }), `${FIELD}.format`],
  ['a format of a text', field({ format: 'seconds' }), `${FIELD}.format`],
  [
    'a timestamp called start_time',
    field({ name: 'start_time', type: 'timestamp', format: 'seconds' }),
    `${FIELD}.name`,
  ],
  ['a timestamp with values', field({ type: 'timestamp', format: 'seconds', enum: ['1'] }), `${FIELD}.enum`],
  [
    'a timestamp with items',
    field({ type: 'timestamp', format: 'seconds', items: { type: 'string' } }),
    `${FIELD}.items`,
  ],
  ['a list without items', field({ type: 'array' }), `${FIELD}.items`],
  ['a list of lists', field({ type: 'array', items: { type: 'array' } }), `${FIELD}.items.type`],
  ['101 values', field({ enum: Array.from({ length: 101 }, String) }), `${FIELD}.enum`],
  ['511 tokens', question({ max_tokens: 511 }), 'max_tokens'],
  ['2,047 tokens of segments', segments({}, { max_tokens: 2_047 }), 'max_tokens'],
  ['a question and segments', segments({}, question({})), 'prompt'],
];

/** The same for embeddings. */
const EMBEDDINGS: typeof ANALYSES = [
  ['an end before the start', { start_sec: 5, end_sec: 5 }, 'video.end_sec'],
  ['a negative start', { start_sec: -1 }, 'video.start_sec'],
];

/** What the emulator says of a request that core did not check. */
async function answered(path: string, body: object): Promise<number> {
  const { baseUrl, apiKey } = platform.emulator;
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
  return (await fetch(`${baseUrl}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

async function source() {
  return { asset_id: (await platform.asset(sampleVideo, 'video/mp4'))._id };
}

const fieldsOf = async (operation: Checkable, params: unknown) =>
  (await operation.check(params)).map((issue) => issue.field);

describe('a documented rule of an analysis', () => {
  it.each(ANALYSES)('%s: core and the emulator refuse it', async (_name, asked, named) => {
    const params = { video: { type: 'asset_id', ...(await source()) }, ...asked };
    expect(await fieldsOf(postAnalysisTask, params)).toContain(named);
    expect(await answered('analyze/tasks', params)).toBe(400);
  });

  it.each<[string, object]>([
    [
      'all of it',
      segments({ fields: [PLAYER, { name: 'at', type: 'timestamp', format: 'seconds', description: 'x' }] }),
    ],
    ['ranges that touch, in any order', segments(ranges([2.1, 4.1], [0.1, 2.1]))],
    ['a list of numbers', field({ type: 'array', items: { type: 'number' } })],
    ['a window of four seconds', question({ start_time: 0.1, end_time: 4.1 })],
    ['four seconds that binary fractions cannot express', question({ start_time: 0.28, end_time: 4.28 })],
    ['equal lengths', segments({}, { min_segment_duration: 3, max_segment_duration: 3, max_tokens: 2_048 })],
  ])('%s: core and the emulator take it', async (_name, asked) => {
    const params = { video: { type: 'asset_id', ...(await source()) }, ...asked };
    expect(await postAnalysisTask.check(params)).toEqual([]);
    expect(await answered('analyze/tasks', params)).toBe(202);
  });
});

describe('a documented rule of an embedding', () => {
  const embedding = async (window: object) => ({
    input_type: 'video',
    model_name: 'marengo3.0',
    video: { media_source: await source(), ...window },
  });

  it.each(EMBEDDINGS)('%s: core and the emulator refuse it', async (_name, window, named) => {
    const params = await embedding(window);
    expect(await fieldsOf(createEmbedding, params)).toEqual([named]);
    expect(await answered('embed-v2', params)).toBe(400);
  });

  it('11 images: core and the emulator refuse them', async () => {
    const url = 'https://example.com/a.jpg';
    const media_sources = Array.from({ length: 11 }, () => ({ media_type: 'image', url }));
    const params = { input_type: 'multi_input', model_name: 'marengo3.0', multi_input: { media_sources } };
    expect(await fieldsOf(createEmbedding, params)).toEqual(['multi_input.media_sources']);
    expect(await answered('embed-v2', params)).toBe(400);
  });
});

describe('a date', () => {
  const date = new Date(Date.UTC(2026, 0, 31));
  const lists: readonly (readonly [core.Endpoint<never, unknown>, string, object])[] = [
    [core.listIndexes as never, 'created_at', {}],
    [core.listIndexedAssets as never, 'updated_at', { index_id: '0'.repeat(24) }],
    [core.listEmbeddingTasks as never, 'started_at', {}],
  ];

  it.each(lists)('%#: is RFC 3339, or a date object', async (list, name, ids) => {
    const read = (value: unknown) => list.params.safeParse({ ...ids, [name]: value });
    const sent = (value: unknown) => (read(value).data as Record<string, unknown> | undefined)?.[name];
    for (const text of ['2026-01-31T00:00:00Z', '2026-01-31t01:00:00.5+01:00', '2026-01-31'])
      expect(sent(` ${text}\n`)).toBe(text);
    // As n8n's $now, which is an object of a library.
    for (const value of [date, { toJSON: () => '2026-01-31T00:00:00.000Z' }])
      expect(sent(value)).toBe('2026-01-31T00:00:00.000Z');
    for (const value of [
      'yesterday',
      '',
      'Jan 31 2026',
      '2026-13-01',
      date.getTime(),
      new Date(Number.NaN),
      {},
      null,
    ])
      expect(read(value).success, String(value)).toBe(false);
  });

  it('that is none is refused by the emulator as well', async () => {
    const { baseUrl, apiKey } = platform.emulator;
    const url = `${baseUrl}/indexes?created_at=${encodeURIComponent('Jan 31 2026')}`;
    expect((await fetch(url, { headers: { 'x-api-key': apiKey } })).status).toBe(400);
  });
});

describe('a range', () => {
  it('in which nothing lies is refused', async () => {
    const empty = { gte: 100, lte: 10 };
    const index_id = '0'.repeat(24);
    expect(await fieldsOf(core.listIndexedAssets, { index_id, duration: empty })).toEqual(['duration.gte']);
    const query = { index_id, search_options: ['visual'], query_text: 'x', filter: { duration: empty } };
    expect(await fieldsOf(core.search, query)).toEqual(['filter.duration.gte']);
    const asText = { ...query, filter: JSON.stringify(query.filter) };
    expect(await fieldsOf(core.search, asText)).toEqual(['filter.duration.gte']);
  });
});

it('the schemas of fields take whatever is wrong without an error of their own', () => {
  const odd = [Symbol('x'), Object.create(null), 1n, null, [], () => undefined];
  for (const value of odd)
    for (const name of ['max_tokens', 'min_segment_duration', 'start_time', 'response_format'])
      expect(z.safeParse(postAnalysisTask.params, { ...segments(), [name]: value }).success).toBe(false);
});

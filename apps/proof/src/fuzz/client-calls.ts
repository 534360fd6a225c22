import { TwelveLabsClient } from '@twelvelabs-nodes/core';
import fc from 'fast-check';
import { answersLike, requireSafeTarget, scripted } from './answers.ts';
import { PROBLEM } from './client-answers.ts';
import { JumpingClock, WATCHDOG } from './clock.ts';
import { allowed } from './promises.ts';
import { target } from './target.ts';
import { junk, mutated, nasty } from './values.ts';

// Everything beyond assets: parameters that nobody checked, and answers that are nearly right.

const ID = '65f0a0b1c2d3e4f5a6b7c8d9';
const video = { type: 'asset_id', asset_id: ID };
const json_schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
const page_info = { page: 1, total_page: 2, total_results: 2, limit_per_page: 10, next_page_token: 'n' };
const EVENTS = [
  { event_type: 'stream_start', metadata: { generation_id: ID } },
  { event_type: 'text_generation', text: '{"a": "b"}' },
  { event_type: 'stream_end', finish_reason: 'stop', metadata: { usage: { output_tokens: 5 } } },
];
const TASK = {
  task_id: ID,
  status: 'ready',
  result: { data: '{"scene": [{"start_time": 0, "end_time": 4}]}', finish_reason: 'stop' },
};
const INDEX = { _id: ID, index_name: 'library', models: [{ model_name: 'marengo3.0', model_options: [] }] };
const INDEXED = {
  _id: ID,
  asset_id: ID,
  status: 'ready',
  system_metadata: { filename: 'a.mp4', duration: 5 },
  transcription: [{ start: 0, end: 5, value: 'words' }],
};
const CLIP = { rank: 1, start: 0, end: 5, video_id: ID, thumbnail_url: 'https://a.b/c', clips: [] };
const VECTOR = { embedding: [0.1, 0.2], embedding_option: 'visual', start_sec: 0, end_sec: 5 };
const ENTITY = { _id: ID, name: 'Ada', status: 'ready', asset_ids: [ID] };
const ASSET = { _id: ID, status: 'ready', filename: 'a.mp4', duration: 5, size: 1_000 };
const pages = [TASK, INDEX, INDEXED, ENTITY, ASSET].map((one) => ({ data: [one, one], page_info }));
const SHAPES = [
  EVENTS,
  TASK,
  INDEX,
  INDEXED,
  ENTITY,
  ASSET,
  PROBLEM,
  { error: { code: 'RATE_LIMIT_EXCEEDED', message: 'no', details: { retryAfter: '60' } } },
  { data: [CLIP, CLIP], page_info },
  { data: [VECTOR], metadata: {} },
  { _id: ID, status: 'ready', data: [VECTOR] },
  ...pages,
];

/** What a call is given, nearly right, and the call itself. */
type Call = readonly [params: unknown, run: (client: TwelveLabsClient, params: never) => Promise<unknown>];
const options = { idleTimeout: WATCHDOG, retry: { maxAttempts: 3, maxElapsed: 60_000 } };
const brief = { ...options, maxWait: 60_000 };
const waits = { ...options, waitUntilReady: { maxWait: 60_000 } };

async function drained(items: AsyncIterable<unknown>): Promise<void> {
  let count = 0;
  for await (const _ of items) if (++count > 20) break;
}

const CALLS: Readonly<Record<string, Call>> = {
  analyze: [
    { video, prompt: 'What?', temperature: 0.2 },
    ({ analysis }, params) => analysis.analyze(params, options),
  ],
  'analyze as JSON': [
    { video, prompt: 'What?', response_format: { type: 'json_schema', json_schema } },
    ({ analysis }, params) => analysis.analyze(params, options),
  ],
  stream: [{ video, prompt: 'What?' }, ({ analysis }, params) => drained(analysis.stream(params, options))],
  segment: [
    {
      video,
      response_format: {
        type: 'segment_definitions',
        segment_definitions: [{ id: 'scene', description: 'x' }],
      },
    },
    ({ analysis }, params) => analysis.analyze(params, options),
  ],
  'wait for a task': [ID, ({ analysis }, id) => analysis.tasks.waitUntilReady(id, brief)],
  'list tasks': [{ page: 1 }, ({ analysis }, params) => analysis.tasks.list(params, options)],
  'an index by name': ['library', ({ indexes }, name) => indexes.getOrCreate(name, {}, options)],
  'all indexes': [{ index_name: 'x' }, ({ indexes }, params) => drained(indexes.listAll(params, options))],
  index: [{ asset_id: ID }, ({ indexedAssets }, params) => indexedAssets.create(ID, params, waits)],
  'all of an index': [ID, ({ indexedAssets }, id) => drained(indexedAssets.listAll(id, {}, options))],
  search: [
    { index_id: ID, search_options: ['visual'], query_text: 'x', filter: { duration: { gte: 1 } } },
    ({ search }, params) => search.query(params, { ...options, withAssets: true }),
  ],
  'search all': [
    { index_id: ID, search_options: ['visual'], query_media_url: 'https://example.com/a.jpg' },
    ({ search }, params) => drained(search.queryAll(params, options)),
  ],
  embed: [
    { input_type: 'text', text: { input_text: 'x' } },
    ({ embeddings }, params) => embeddings.create(params, options),
  ],
  'embed as a task': [
    { input_type: 'video', video: { media_source: { asset_id: ID } } },
    ({ embeddings }, params) => embeddings.tasks.create(params, options),
  ],
  'wait for an embedding': [ID, ({ embeddings }, id) => embeddings.tasks.waitUntilReady(id, brief)],
  'a collection by name': [
    'team',
    ({ entityCollections }, name) => entityCollections.getOrCreate(name, {}, options),
  ],
  entity: [{ name: 'Ada', asset_ids: [ID] }, ({ entities }, params) => entities.create(ID, params, waits)],
  'images of an entity': [[ID], ({ entities }, ids) => entities.addAssets(ID, ID, ids, options)],
  request: [
    { method: 'POST', path: 'indexes/x', query: { a: ['b'] }, json: { c: 1 } },
    (client, params) => client.request(params, options),
  ],
};

export const clientCalls = target({
  name: 'client: analysis, indexes, search, embeddings, entities, requests',
  weight: 20,
  input: fc.constantFrom(...Object.keys(CALLS)).chain((name) =>
    fc.record({
      name: fc.constant(name),
      params: fc.oneof({ weight: 6, arbitrary: mutated(CALLS[name]?.[0]) }, junk, nasty),
      answers: answersLike(SHAPES),
    }),
  ),
  async check({ name, params, answers }) {
    const { transport, requireEnd } = scripted(answers, (request) => requireSafeTarget(request, '/v1.3/'));
    const clock = new JumpingClock();
    const client = new TwelveLabsClient({ transport, clock, baseUrl: 'https://api.example/v1.3' });
    await allowed(() => CALLS[name]?.[1](client, params as never));
    requireEnd(name);
  },
});

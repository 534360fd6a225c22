import { expect, it } from 'vitest';
import * as core from '../../src/index.ts';

type Checkable = core.Checkable;

/** Everything that core can do: a new operation is tested by being exported. */
const isOperation = (value: unknown): value is Checkable =>
  typeof value === 'object' && value !== null && 'check' in value && !('_zod' in value);
const OPERATIONS = Object.entries<unknown>(core).flatMap(([name, value]) =>
  isOperation(value) ? [[name, value] as const] : [],
);

const FILE = core.fileFromBuffer(new Uint8Array(9));
const ID = '0123456789abcdef01234567';
const url = 'https://example.com/a.mp4';
const image = { name: 'ball', media_type: 'image', url };
const timed = {
  media_source: { url },
  start_sec: 0,
  end_sec: 9,
  embedding_option: ['audio'],
  embedding_scope: ['clip'],
  embedding_type: ['separate_embedding'],
};
const definition = {
  id: 'goal',
  description: 'A goal',
  fields: [
    {
      name: 'at',
      type: 'timestamp',
      description: 'When',
      format: 'seconds',
      enum: ['a'],
      items: { type: 'string' },
    },
  ],
  media_sources: [image],
  time_ranges: [{ start_time: 0, end_time: 4 }],
};
const range = { gte: 1, lte: 2 };

/** All parameters of all operations, with all that is in them; what one of them does not have is another problem. */
const PARAMS = {
  method: 'url',
  path: '/assets',
  query: { page: 1, ids: ['a'] },
  json: {},
  file: FILE,
  url,
  filename: 'a.mp4',
  enable_hls: true,
  enable_thumbnail: true,
  user_metadata: { season: 1 },
  asset_id: ID,
  force: true,
  page: 1,
  page_limit: 1,
  limit: 1,
  asset_ids: [ID],
  asset_types: ['video'],
  model_name: 'x',
  video: { type: 'url', url, ...timed },
  prompt: 'x',
  prompt_v2: { input_text: 'x', media_sources: [image] },
  temperature: 0,
  max_tokens: 512,
  start_time: 0,
  end_time: 9,
  response_format: {
    type: 'segment_definitions',
    segment_definitions: [definition],
    segment_time_format: 'seconds',
  },
  custom_id: 'a',
  analysis_mode: 'general',
  min_segment_duration: 2,
  max_segment_duration: 3,
  task_id: ID,
  status: 'ready',
  video_url: url,
  index_id: ID,
  index_name: 'x',
  models: [{ model_name: 'x', model_options: ['visual'] }],
  addons: ['thumbnail'],
  sort_by: 'created_at',
  sort_option: 'asc',
  model_options: 'visual',
  model_family: 'marengo',
  created_at: '2026-01-31',
  updated_at: '2026-01-31',
  started_at: '2026-01-31',
  ended_at: '2026-01-31',
  enable_video_stream: true,
  indexed_asset_id: ID,
  transcription: true,
  duration: range,
  fps: range,
  width: range,
  height: range,
  size: range,
  search_options: ['visual'],
  query_text: 'x',
  query_media_type: 'image',
  query_media_url: [url],
  query_media_file: [FILE],
  transcription_options: ['lexical'],
  operator: 'or',
  group_by: 'clip',
  filter: { duration: range },
  include_user_metadata: true,
  page_token: 'a',
  input_type: 'video',
  text: { input_text: 'x' },
  image: { media_source: { url } },
  text_image: { input_text: 'x', media_source: { url } },
  audio: timed,
  multi_input: { media_sources: [{ url }] },
  entity_collection_id: ID,
  entity_id: ID,
  name: 'x',
  description: 'x',
  metadata: { season: 1 },
};
const wait = { maxWait: 1, interval: 1, maxInterval: 1, onStatus: () => undefined, waitFor: ['asset'] };
const OPTIONS = {
  signal: new AbortController().signal,
  timeout: 1,
  idleTimeout: 1,
  retry: { maxAttempts: 1, maxElapsed: 0, baseDelay: 0, maxDelay: 0 },
  onRetry: () => undefined,
  checkUrl: true,
  checkContent: true,
  checkSize: true,
  upload: 'auto',
  concurrency: 1,
  kinds: ['image'],
  onNote: () => undefined,
  onProgress: () => undefined,
  once: 'a',
  resume: {
    version: 1,
    upload_id: ID,
    asset_id: ID,
    chunk_size: 1,
    total_chunks: 1,
    upload_headers: { a: 'b' },
    file: { name: 'a', size: 1, fingerprint: 'a' },
  },
  waitUntilReady: wait,
  ...wait,
  mode: 'auto',
  allowPartial: true,
  wait,
  onTask: () => undefined,
  onText: () => undefined,
  withAssets: true,
  firstPage: { data: [] },
};

const ODD = [
  null,
  undefined,
  '',
  'x',
  ' ',
  -1,
  1.5,
  Number.NaN,
  1n,
  true,
  [],
  [null],
  {},
  { x: null },
  Symbol('x'),
  () => 1,
];

/** The same value, each time with another of its inner values replaced. */
function* changed(value: unknown): Generator<unknown> {
  yield* ODD;
  if (typeof value !== 'object' || value === null || value instanceof AbortSignal || value === FILE) return;
  for (const [key, inner] of Object.entries(value))
    for (const other of changed(inner))
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
}

/** How every sentence of ours begins. */
const BEGINNING = /^(must|is|are|may|needs|goes|names|contains|an?|audio) /;
const ZOD = /invalid|expected|too (small|big)|unrecognized/i;

it.each(OPERATIONS)(
  "reports each problem with the input of %s in core's own words",
  { timeout: 60_000 },
  async (_name, operation) => {
    const foreign = new Set<string>();
    const look = (issues: readonly core.ValidationIssue[]) => {
      for (const { field, message } of issues)
        if (!BEGINNING.test(message) || ZOD.test(message)) foreign.add(`${field}: ${message}`);
    };
    const own = (values: object, issues: readonly core.ValidationIssue[]) => {
      const others = new Set(issues.filter(({ rule }) => rule === 'unknown').map(({ field }) => field));
      return Object.fromEntries(Object.entries(values).filter(([name]) => !others.has(name)));
    };
    for (const params of changed(own(PARAMS, await operation.check(PARAMS))))
      look(await operation.check(params));
    for (const options of changed(own(OPTIONS, await operation.check({}, OPTIONS))))
      look(await operation.check({}, options));
    expect([...foreign]).toEqual([]);
  },
);

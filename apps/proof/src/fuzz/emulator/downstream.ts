import { readFileSync } from 'node:fs';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import fc from 'fast-check';
import { target } from '../target.ts';
import { junk, mutated, nasty } from '../values.ts';
import { ask, close, emulator, open, requireGoodReply } from './server.ts';

// What follows an asset. Words in capitals stand for the ids of what exists, so that requests reach the work itself.

const video = { type: 'asset_id', asset_id: 'VIDEO' };
const scene = {
  id: 'scene',
  description: 'A part of the video',
  fields: [
    { name: 'place', type: 'string', description: 'Where it is', enum: ['a', 'b'] },
    { name: 'words', type: 'array', description: 'What is said', items: { type: 'string' } },
    { name: 'at', type: 'timestamp', description: 'When', format: 'seconds' },
  ],
  time_ranges: [{ start_time: 0, end_time: 4 }],
};
const schema = {
  type: 'object',
  properties: {
    verdict: { type: 'string', enum: ['pass', 'fail'] },
    score: { type: 'number', minimum: 0, maximum: 10 },
    tags: { type: 'array', items: { type: 'string', pattern: '^[a-z]+$' } },
    more: { anyOf: [{ type: 'integer' }, { type: 'null' }], $ref: '#/$defs/x' },
  },
  required: ['verdict'],
  $defs: { x: { type: 'integer' } },
};
const media = { media_source: { asset_id: 'VIDEO' }, start_sec: 0, embedding_scope: ['clip'] };
const BODIES: readonly (readonly [string, unknown])[] = [
  ['POST /analyze', { video, prompt: 'What?', stream: false, temperature: 0.2, max_tokens: 512 }],
  [
    'POST /analyze',
    { video, prompt: 'What?', response_format: { type: 'json_schema', json_schema: schema } },
  ],
  [
    'POST /analyze',
    {
      video,
      prompt_v2: {
        input_text: '<@a>',
        media_sources: [{ name: 'a', media_type: 'image', asset_id: 'IMAGE' }],
      },
    },
  ],
  ['POST /analyze/tasks', { video, prompt: 'What?', custom_id: 'x', start_time: 0, end_time: 4 }],
  [
    'POST /analyze/tasks',
    {
      video,
      analysis_mode: 'time_based_metadata',
      min_segment_duration: 2,
      response_format: { type: 'segment_definitions', segment_definitions: [scene] },
    },
  ],
  [
    'POST /indexes',
    {
      index_name: 'x',
      models: [{ model_name: 'marengo3.0', model_options: ['visual'] }],
      addons: ['thumbnail'],
    },
  ],
  ['PUT /indexes/INDEX', { index_name: 'y' }],
  ['POST /indexes/INDEX/indexed-assets', { asset_id: 'VIDEO', user_metadata: { a: 1 } }],
  ['PATCH /indexes/INDEX/indexed-assets/INDEXED', { user_metadata: { a: null } }],
  ['POST /embed-v2', { input_type: 'text', model_name: 'marengo3.0', text: { input_text: 'a ball' } }],
  ['POST /embed-v2', { input_type: 'video', model_name: 'marengo3.0', video: media }],
  [
    'POST /embed-v2/tasks',
    {
      input_type: 'audio',
      model_name: 'marengo3.0',
      audio: { ...media, segmentation: { strategy: 'fixed', fixed: { duration_sec: 6 } } },
    },
  ],
  ['POST /entity-collections', { name: 'x', description: 'y' }],
  ['PATCH /entity-collections/COLLECTION', { name: 'z' }],
  ['POST /entity-collections/COLLECTION/entities', { name: 'Ada', asset_ids: ['IMAGE'], metadata: { a: 1 } }],
  [
    'POST /entity-collections/COLLECTION/entities/bulk',
    { entities: [{ name: 'Ada', asset_ids: ['IMAGE'] }] },
  ],
  ['PATCH /entity-collections/COLLECTION/entities/ENTITY', { name: 'Bob', metadata: {} }],
  ['POST /entity-collections/COLLECTION/entities/ENTITY/assets', { asset_ids: ['IMAGE'] }],
  ['DELETE /entity-collections/COLLECTION/entities/ENTITY/assets', { asset_ids: ['IMAGE'] }],
];
const READS = [
  'analyze/tasks',
  'analyze/tasks/TASK',
  'indexes',
  'indexes/INDEX',
  'indexes/INDEX/indexed-assets',
  'indexes/INDEX/indexed-assets/INDEXED',
  'assets/VIDEO/indexed-assets',
  'search/PAGE',
  'embed-v2/tasks',
  'embed-v2/tasks/EMBEDDING',
  'entity-collections',
  'entity-collections/COLLECTION',
  'entity-collections/COLLECTION/entities',
  'entity-collections/COLLECTION/entities/ENTITY',
] as const;

const withBody = fc
  .constantFrom(...BODIES)
  .chain(([line, body]) => mutated(body).map((value) => ({ line, body: JSON.stringify(value) ?? '' })));
const reading = fc.tuple(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...READS) },
    fc
      .tuple(fc.constantFrom(...READS), nasty)
      .map(([path, text]) => path.replace(/[A-Z]+$/, encodeURIComponent(text.toWellFormed()))),
  ),
  fc.dictionary(
    fc.constantFrom(
      ...['page', 'page_limit', 'status', 'sort_by', 'sort_option', 'name', 'index_name', 'asset_id'],
      ...['transcription', 'embedding_option', 'filename', 'duration', 'created_at', 'a', '__proto__'],
    ),
    fc.oneof(nasty, fc.constantFrom('1', 'true', 'visual', 'asc', '{"gte":1}')),
    { maxKeys: 3 },
  ),
);
const field = fc.tuple(
  fc.constantFrom(
    ...['index_id', 'search_options', 'query_text', 'query_media_type', 'query_media_url', 'group_by'],
    ...[
      'operator',
      'page_limit',
      'filter',
      'include_user_metadata',
      'transcription_options',
      'x',
      '__proto__',
    ],
  ),
  fc.oneof(
    nasty,
    fc.constantFrom('INDEX', 'visual', 'audio', 'image', 'video', '<@ENTITY> ball', '1', 'true', '{"a":[]}'),
    mutated({ duration: { gte: 1, lte: 5 }, filename: 'video.mp4', a: [1] }).map(
      (value) => JSON.stringify(value) ?? '',
    ),
    junk.map((value) => JSON.stringify(value) ?? ''),
  ),
);
const searching = fc
  .array(field, { maxLength: 6 })
  .map((given) => [['index_id', 'INDEX'], ['search_options', 'visual'], ['query_text', 'video'], ...given]);

let ids: Readonly<Record<string, string>> = {};
const filled = (text: string) => text.replace(/\b[A-Z]{4,}\b/g, (word) => ids[word] ?? word);

/** What the requests are about; made again when one has removed a part of it. */
async function stock(): Promise<void> {
  await emulator.reset();
  const post = async (path: string, body: FormData | object): Promise<Record<string, string>> => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${emulator.baseUrl}/${path}`, {
      method: 'POST',
      headers: { 'x-api-key': emulator.apiKey, ...(isForm ? {} : { 'content-type': 'application/json' }) },
      body: isForm ? body : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`POST ${path}: HTTP ${response.status} ${text}`);
    await emulator.settled();
    return JSON.parse(text);
  };
  const asset = async (path: string, type: string) => {
    const form = new FormData();
    form.append('method', 'direct');
    form.append('file', new Blob([readFileSync(path)], { type }), path.split('/').at(-1));
    return (await post('assets', form))._id ?? '';
  };
  const VIDEO = await asset(sampleVideo, 'video/mp4');
  const IMAGE = await asset(sampleImage, 'image/jpeg');
  const models = [{ model_name: 'marengo3.0', model_options: ['visual', 'audio'] }];
  const { _id: INDEX = '' } = await post('indexes', { index_name: 'library', models });
  const { _id: INDEXED = '' } = await post(`indexes/${INDEX}/indexed-assets`, { asset_id: VIDEO });
  const { _id: COLLECTION = '' } = await post('entity-collections', { name: 'team' });
  const entities = `entity-collections/${COLLECTION}/entities`;
  const { _id: ENTITY = '' } = await post(entities, { name: 'Ada', asset_ids: [IMAGE] });
  const question = { video: { type: 'asset_id', asset_id: VIDEO }, prompt: 'What?' };
  const { task_id: TASK = '' } = await post('analyze/tasks', question);
  const embedded = { input_type: 'video', model_name: 'marengo3.0', video: media };
  const text = JSON.stringify(embedded).replace('VIDEO', VIDEO);
  const { _id: EMBEDDING = '' } = await post('embed-v2/tasks', JSON.parse(text));
  ids = { VIDEO, IMAGE, INDEX, INDEXED, COLLECTION, ENTITY, TASK, EMBEDDING };
}

type Request =
  | { readonly line: string; readonly body: string }
  | readonly [path: string, query: Record<string, string>]
  | string[][];

/** Requests since the stock was made; what they leave would fill the store. */
let asked = 0;

export const downstream = target<Request>({
  name: 'emulator: analysis, indexes, search, embeddings, entities',
  weight: 10,
  async open() {
    await open();
    asked = 0;
  },
  close,
  input: fc.oneof({ weight: 3, arbitrary: withBody }, reading, searching),
  async check(input) {
    if (asked++ % 200 === 0) await stock();
    if ('line' in input) {
      const [method = '', path = ''] = filled(input.line).split(' ');
      const body = Buffer.from(filled(input.body));
      const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
      requireGoodReply(await ask(method, `/v1.3${path}`, headers, body), input.line);
    } else if (typeof input[0] === 'string') {
      const [path, query] = input as readonly [string, Record<string, string>];
      const text = Object.entries(query).map(
        ([name, value]) => `${name}=${encodeURIComponent(filled(value).toWellFormed())}`,
      );
      requireGoodReply(await ask('GET', `/v1.3/${filled(path)}?${text.join('&')}`, {}), `GET ${path}`);
    } else {
      const form = new FormData();
      for (const [name = '', value = ''] of input as string[][])
        form.append(name, filled(value).toWellFormed());
      const encoded = new Response(form);
      const type = encoded.headers.get('content-type') ?? '';
      const body = Buffer.from(await encoded.arrayBuffer());
      const headers = { 'content-type': type, 'content-length': String(body.length) };
      requireGoodReply(await ask('POST', '/v1.3/search', headers, body), 'POST /search');
    }
  },
});

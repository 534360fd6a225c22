import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../src/index.ts';
import { madeUpVector } from '../src/made-up/vector.ts';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';
import { call, directFile, emulate } from './helpers.ts';

const models = [{ model_name: 'marengo3.0', model_options: ['visual', 'audio'] }];
const hour = 3_600_000;

/** Creates an asset, and has its processing done by the emulator's clock. */
async function create(emulator: Emulator, path: string, filename: string): Promise<string> {
  const { body } = await call(emulator, 'POST', '/assets', directFile(path, { filename }));
  emulator.advanceClock(hour);
  await emulator.settled();
  return body._id;
}

async function createIndex(emulator: Emulator, name = 'mine'): Promise<string> {
  const { body } = await call(emulator, 'POST', '/indexes', { index_name: name, models });
  return body._id;
}

async function indexAsset(emulator: Emulator, index: string, asset_id: string): Promise<string> {
  const { body } = await call(emulator, 'POST', `/indexes/${index}/indexed-assets`, { asset_id });
  return body._id;
}

function search(emulator: Emulator, fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ search_options: 'visual', ...fields }))
    form.append(name, value);
  return call(emulator, 'POST', '/search', form);
}

test('an indexed asset, a task and an entity pass their states by the clock', async () => {
  const emulator = await emulate({ processingMs: 3000 });
  const video = await create(emulator, sampleVideo, 'a.mp4');
  const image = await create(emulator, sampleImage, 'a.jpg');
  const index = await createIndex(emulator);
  const indexed = await indexAsset(emulator, index, video);
  const ask = { video: { type: 'asset_id', asset_id: video }, prompt: 'What?' };
  const { body: task } = await call(emulator, 'POST', '/analyze/tasks', ask);
  expect(task.status).toBe('queued');
  const { body: collection } = await call(emulator, 'POST', '/entity-collections', { name: 'c' });
  const entities = `/entity-collections/${collection._id}/entities`;
  const { body: entity } = await call(emulator, 'POST', entities, { name: 'e', asset_ids: [image] });
  const paths = [`/indexes/${index}/indexed-assets/${indexed}`, `/analyze/tasks/${task.task_id}`];
  const seen: string[][] = [];
  for (let step = 0; step < 4; step += 1) {
    const answers = await Promise.all(
      [...paths, `${entities}/${entity._id}`].map((path) => call(emulator, 'GET', path)),
    );
    seen.push(answers.map(({ body }) => body.status));
    if (seen.at(-1)?.[1] === 'processing') {
      const refused = await call(emulator, 'DELETE', `/analyze/tasks/${task.task_id}`);
      expect(refused).toMatchObject({ status: 409, body: { error: { code: 'task_cannot_be_deleted' } } });
    }
    emulator.advanceClock(1000);
  }
  expect(seen).toEqual([
    ['pending', 'queued', 'processing'],
    ['queued', 'pending', 'processing'],
    ['indexing', 'processing', 'processing'],
    ['ready', 'ready', 'ready'],
  ]);
});

test('a file that misses a requirement fails to be indexed, and a task on it fails with the reason', async () => {
  const emulator = await emulate();
  const audio = await create(emulator, sampleAudio, 'a.mp3');
  const image = await create(emulator, sampleImage, 'a.jpg');
  const index = await createIndex(emulator);
  const indexed = await indexAsset(emulator, index, image);
  expect(await call(emulator, 'GET', `/indexes/${index}/indexed-assets/${indexed}`)).toMatchObject({
    body: { status: 'failed' },
  });
  const { body: task } = await call(emulator, 'POST', '/analyze/tasks', {
    video: { type: 'asset_id', asset_id: audio },
    prompt: 'What?',
  });
  expect((await call(emulator, 'GET', `/analyze/tasks/${task.task_id}`)).body).toMatchObject({
    status: 'failed',
    error: { message: 'The file is of type audio; this needs video.' },
  });
  const body = {
    model_name: 'marengo3.0',
    input_type: 'image',
    image: { media_source: { asset_id: audio } },
  };
  expect((await call(emulator, 'POST', '/embed-v2', body)).status).toBe(400);
});

test('pages of a search expire, and their tokens cannot be guessed', async () => {
  const emulator = await emulate();
  const index = await createIndex(emulator);
  for (const name of ['one ball.mp4', 'two balls.mp4', 'ball three.mp4']) {
    await indexAsset(emulator, index, await create(emulator, sampleVideo, name));
  }
  const { body } = await search(emulator, { index_id: index, query_text: 'ball', page_limit: '1' });
  expect(body.page_info).toMatchObject({ total_results: 2, page_expires_at: expect.any(String) });
  const token = body.page_info.next_page_token;
  const next = await call(emulator, 'GET', `/search/${token}`);
  expect(next.body.data).toMatchObject([{ rank: 2 }]);
  expect(next.body.page_info.next_page_token).toBeUndefined();
  expect((await call(emulator, 'GET', `/search/${token.slice(0, -1)}x`)).status).toBe(400);
  emulator.advanceClock(hour);
  expect(await call(emulator, 'GET', `/search/${token}`)).toMatchObject({
    status: 400,
    body: { code: 'search_page_token_expired' },
  });
  // They are forgotten a day later.
  emulator.advanceClock(24 * hour);
  await search(emulator, { index_id: index, query_text: 'ball' });
  expect(await call(emulator, 'GET', `/search/${token}`)).toMatchObject({
    status: 400,
    body: { code: 'parameter_invalid' },
  });
});

test('a search covers what is ready, sound where it is asked for, and what passes the filter', async () => {
  const emulator = await emulate();
  const index = await createIndex(emulator);
  const video = await indexAsset(emulator, index, await create(emulator, sampleVideo, 'ball.mp4'));
  const audio = await indexAsset(emulator, index, await create(emulator, sampleAudio, 'ball.mp3'));
  const found = async (fields: Record<string, string>): Promise<string[]> => {
    const { body } = await search(emulator, { index_id: index, query_text: 'the ball', ...fields });
    return body.data.map(({ video_id }: { video_id: string }) => video_id);
  };
  expect(await found({})).toEqual([video]);
  expect(await found({ search_options: 'audio' })).toEqual([video, audio]);
  expect(await found({ search_options: 'audio', filter: '{"filename":"ball.mp3"}' })).toEqual([audio]);
  expect(await found({ filter: JSON.stringify({ id: [audio] }) })).toEqual([]);
  expect(await found({ filter: '{"width":{"gte":640},"height":480}' })).toEqual([video]);
  expect(await found({ query_text: 'the sea' })).toEqual([]);
});

test.each<[string, Record<string, string>, number, string]>([
  ['no query', {}, 400, 'parameter_not_provided'],
  ['a bad filter', { query_text: 'x', filter: '[1' }, 400, 'search_filter_invalid'],
  ['an unknown entity', { query_text: `<@${'0'.repeat(24)}>` }, 404, 'resource_not_exist'],
  ['an unknown option', { query_text: 'x', search_options: 'smell' }, 400, 'parameter_invalid'],
  ['a page too large', { query_text: 'x', page_limit: '51' }, 400, 'parameter_invalid'],
  ['an unknown parameter', { query_text: 'x', threshold: 'high' }, 400, 'parameter_unknown'],
  ['an image without its type', { query_media_url: 'http://127.0.0.1/a.jpg' }, 400, 'parameter_not_provided'],
])('a search with %s is refused', async (_name, fields, status, code) => {
  const emulator = await emulate();
  const index_id = await createIndex(emulator);
  expect(await search(emulator, { index_id, ...fields })).toMatchObject({ status, body: { code } });
});

test('a search of sound in an index of pictures is refused', async () => {
  const emulator = await emulate();
  const { body } = await call(emulator, 'POST', '/indexes', {
    index_name: 'pictures',
    models: [{ model_name: 'marengo3.0', model_options: ['visual'] }],
  });
  expect(
    await search(emulator, { index_id: body._id, query_text: 'x', search_options: 'transcription' }),
  ).toMatchObject({ status: 400, body: { code: 'search_option_not_supported' } });
});

test('indexes: oldest first, a name only once, and deleting one deletes what is in it', async () => {
  const emulator = await emulate();
  const [one, two] = [await createIndex(emulator, 'one'), await createIndex(emulator, 'two')];
  const names = async (query: string): Promise<string[]> => {
    const { body } = await call(emulator, 'GET', `/indexes?${query}`);
    return body.data.map(({ index_name }: { index_name: string }) => index_name);
  };
  expect(await names('')).toEqual(['one', 'two']);
  expect(await names('sort_option=desc')).toEqual(['two', 'one']);
  expect(await names('index_name=TW')).toEqual(['two']);
  expect(await call(emulator, 'POST', '/indexes', { index_name: 'one', models })).toMatchObject({
    status: 400,
    body: { code: 'index_name_already_exists' },
  });
  expect((await call(emulator, 'PUT', `/indexes/${two}`, { index_name: 'one' })).status).toBe(400);
  const asset = await create(emulator, sampleVideo, 'a.mp4');
  await indexAsset(emulator, one, asset);
  expect((await call(emulator, 'DELETE', `/assets/${asset}`)).status).toBe(409);
  await call(emulator, 'DELETE', `/indexes/${one}`);
  expect((await call(emulator, 'DELETE', `/assets/${asset}`)).status).toBe(200);
});

test('the same Idempotency-Key creates one task', async () => {
  const emulator = await emulate();
  const asset_id = await create(emulator, sampleVideo, 'a.mp4');
  const post = (key?: string) =>
    call(
      emulator,
      'POST',
      '/analyze/tasks',
      { video: { type: 'asset_id', asset_id }, prompt: 'What?' },
      key === undefined ? {} : { 'idempotency-key': key },
    );
  const [first, again, other, none] = [await post('a'), await post('a'), await post('b'), await post()];
  expect(again.body.task_id).toBe(first.body.task_id);
  const ids = [first, other, none].map(({ body }) => body.task_id);
  expect(new Set(ids).size).toBe(3);
});

test('the same Idempotency-Key creates one task, also while the first request is under way', async () => {
  const emulator = await emulate();
  const post = () => {
    // The video is fetched first: the other requests arrive meanwhile.
    const video = { type: 'url', url: `${emulator.url}/samples/video.mp4` };
    return call(emulator, 'POST', '/analyze/tasks', { video, prompt: 'What?' }, { 'idempotency-key': 'a' });
  };
  const made = await Promise.all([post(), post(), post()]);
  expect(new Set(made.map(({ body }) => body.task_id)).size).toBe(1);
  const missing = { video: { type: 'asset_id', asset_id: '0'.repeat(24) }, prompt: 'What?' };
  const refused = await Promise.all(
    [1, 2].map(() => call(emulator, 'POST', '/analyze/tasks', missing, { 'idempotency-key': 'b' })),
  );
  expect(refused.map(({ status }) => status)).toEqual([400, 400]);
  expect((await call(emulator, 'GET', '/analyze/tasks')).body.data).toHaveLength(1);
});

test('segments keep to the bounds and times that were asked for', async () => {
  const emulator = await emulate();
  const asset_id = await create(emulator, sampleVideo, 'a.mp4');
  const segmentsOf = async (change: object, format: object = {}): Promise<unknown> => {
    const { status, body } = await call(emulator, 'POST', '/analyze/tasks', {
      video: { type: 'asset_id', asset_id },
      analysis_mode: 'time_based_metadata',
      response_format: {
        type: 'segment_definitions',
        segment_definitions: [
          {
            id: 's',
            description: 'Parts',
            fields: [
              { name: 'kind', type: 'string', description: '', enum: ['a', 'b'] },
              { name: 'tags', type: 'array', items: { type: 'string' }, description: '' },
              { name: 'peak', type: 'timestamp', format: 'hh:mm:ss', description: '' },
            ],
          },
        ],
        ...format,
      },
      ...change,
    });
    if (status !== 202) return status;
    const task = await call(emulator, 'GET', `/analyze/tasks/${body.task_id}`);
    return JSON.parse(task.body.result.data).s;
  };
  const metadata = {
    kind: expect.stringMatching(/^[ab]$/),
    tags: expect.any(Array),
    peak: '00:00:01',
  };
  expect(await segmentsOf({})).toEqual([{ start_time: 0, end_time: 5, metadata }]);
  expect(
    await segmentsOf({ max_segment_duration: 2 }, { segment_time_format: 'hh:mm:ss.fff' }),
  ).toMatchObject([
    { start_time: '00:00:00.000', end_time: '00:00:02.000' },
    { start_time: '00:00:02.000', end_time: '00:00:04.000' },
    { start_time: '00:00:04.000', end_time: '00:00:05.000' },
  ]);
  expect(await segmentsOf({ min_segment_duration: 4, max_segment_duration: 3 })).toBe(400);
  expect(await segmentsOf({ prompt: 'x' })).toBe(400);
  expect(await segmentsOf({}, { segment_definitions: [] })).toBe(400);
});

test('vectors are unit vectors, the same for the same words, closer the more words they share', () => {
  const cosine = (one: number[], two: number[]): number =>
    one.reduce((sum, value, index) => sum + value * (two[index] ?? 0), 0);
  const ball = madeUpVector('a red ball');
  expect(ball).toHaveLength(512);
  expect(cosine(ball, ball)).toBeCloseTo(1, 3);
  expect(madeUpVector('Red ball!')).toEqual(ball);
  expect(cosine(ball, madeUpVector('a red car'))).toBeGreaterThan(cosine(ball, madeUpVector('the blue sea')));
});

test('a list entry, a wrong identifier and one of another kind', async () => {
  const emulator = await emulate();
  const asset = await create(emulator, sampleVideo, 'a.mp4');
  const [one, two] = [await createIndex(emulator, 'one'), await createIndex(emulator, 'two')];
  const indexed = await indexAsset(emulator, one, asset);
  expect((await call(emulator, 'GET', '/indexes/nope')).status).toBe(400);
  expect((await call(emulator, 'GET', `/indexes/${asset}`)).status).toBe(404);
  expect((await call(emulator, 'GET', `/indexes/${two}/indexed-assets/${indexed}`)).status).toBe(404);
  expect((await call(emulator, 'GET', `/indexes/${one}/indexed-assets?duration[gte]=x`)).status).toBe(400);
  const list = await call(emulator, 'GET', `/indexes/${one}/indexed-assets?width[lte]=640&user_metadata={}`);
  expect(list.body.data).toHaveLength(1);
});

test('an image file in a search is probed, and nothing of it is kept', async () => {
  const emulator = await emulate();
  const index_id = await createIndex(emulator);
  const post = async (content: string): Promise<number> => {
    const query = new FormData();
    query.append('index_id', index_id);
    query.append('search_options', 'visual');
    query.append('query_media_type', 'image');
    query.append('query_media_file', new Blob([content], { type: 'image/jpeg' }), 'a.jpg');
    return (await call(emulator, 'POST', '/search', query)).status;
  };
  expect(await post('text')).toBe(400);
  expect(await post('')).toBe(400);
  expect(readdirSync(join(emulator.dataDir, 'incoming'))).toEqual([]);
});

test('faults act on every path', async () => {
  const emulator = await emulate();
  const paths = ['/indexes', '/search', '/analyze', '/analyze/tasks', '/embed-v2', '/entity-collections'];
  emulator.addFaults([
    {
      match: { path: '/v1.3/*', times: 'always' },
      action: { type: 'respond', status: 503, body: { code: 'x' } },
    },
  ]);
  for (const path of paths) {
    expect(await call(emulator, 'POST', path, {})).toMatchObject({ status: 503, body: { code: 'x' } });
  }
});

test('what was stored is there after a restart, and gone after a reset', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'emulator-downstream-'));
  try {
    const first = await startEmulator({ dataDir, processingMs: 1000 });
    const asset = await create(first, sampleVideo, 'ball.mp4');
    const index = await createIndex(first);
    const indexed = await indexAsset(first, index, asset);
    await first.close();
    const second = await startEmulator({ dataDir, processingMs: 1000 });
    second.advanceClock(2 * hour);
    const path = `/indexes/${index}/indexed-assets/${indexed}`;
    expect((await call(second, 'GET', path)).body.status).toBe('ready');
    await second.reset();
    expect((await call(second, 'GET', `/indexes/${index}`)).status).toBe(404);
    await second.close();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

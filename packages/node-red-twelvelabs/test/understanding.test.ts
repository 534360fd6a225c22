import { readFile } from 'node:fs/promises';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, type Message, startHost } from './host.ts';
import { fromPayload, json, on, runOn, texts } from './saved.ts';

let host: Host;
let video: string;
let image: string;

const run = (folder: string, saved: Message, message: Message) => runOn(host, folder, saved, message);

const assetOf = async (file: string) =>
  (
    (await run('create-asset', { ...texts({ source: file }), ...on('waitUntilReady') }, {})).payload as {
      _id: string;
    }
  )._id;

beforeAll(async () => {
  host = await startHost({ processingMs: 50 });
  [video, image] = await Promise.all([assetOf(sampleVideo), assetOf(sampleImage)]);
});
afterAll(() => host?.[Symbol.asyncDispose]());

test.each(['create-asset', 'analyze'])(
  '%s, written by hand without a source, takes the payload',
  async (folder) => {
    const { error, posts } = await run(folder, texts({ prompt: 'What happens?' }), { payload: sampleVideo });
    expect(error).toBeUndefined();
    expect(posts[0]?.path).toBe('/v1.3/assets');
  },
);

describe('analyze', () => {
  test('an object by schema, also as it arrives', async () => {
    const schema = { type: 'object', properties: { ball: { type: 'string' } }, required: ['ball'] };
    host.emulator.addAnswers([{ prompt: 'Which color?', answer: '{"ball": "red"}' }]);
    const saved = {
      ...fromPayload('source'),
      ...texts({ prompt: 'Which color?' }),
      ...json('schema', schema),
      ...on('stream'),
    };
    const { sent, payload, posts } = await run('analyze', saved, { payload: video });
    expect(payload).toEqual({ ball: 'red' });
    const pieces = sent.slice(0, -1);
    expect(pieces.map((piece) => piece.payload).join('')).toBe('{"ball": "red"}');
    expect(pieces.every(({ partial }) => partial === true)).toBe(true);
    expect(posts).toMatchObject([
      { json: { response_format: { type: 'json_schema', json_schema: schema } } },
    ]);
  });

  test('segments as a sequence, of a clip, with a model', async () => {
    const segments = [{ id: 'ball', description: 'A ball is seen' }];
    const saved = {
      ...fromPayload('source'),
      ...json('segments', segments),
      ...on('split'),
      ...texts({ model: 'pegasus1.5' }),
      startTime: '0',
      startTimeType: 'num',
      endTime: 'clip.end',
      endTimeType: 'msg',
      minSegment: '2',
      minSegmentType: 'num',
    };
    const { sent, error, posts } = await run('analyze', saved, {
      payload: { _id: video },
      clip: { end: 5 },
      topic: 'kept',
    });
    expect(error).toBeUndefined();
    expect(posts).toMatchObject([
      {
        path: '/v1.3/analyze/tasks',
        json: {
          model_name: 'pegasus1.5',
          start_time: 0,
          end_time: 5,
          min_segment_duration: 2,
          response_format: { type: 'segment_definitions', segment_definitions: segments },
        },
      },
    ]);
    // Known even if the process ends while the task runs.
    expect(host.logged).toContainEqual(expect.stringMatching(/^Waiting for analysis task \w+\.$/));
    expect(sent.length).toBeGreaterThan(0);
    for (const [index, message] of sent.entries())
      expect(message).toMatchObject({
        payload: { definition: 'ball', start_time: expect.anything() },
        parts: { index, count: sent.length },
        topic: 'kept',
      });
  });

  test('a message that only waits for its task lets the next one of the account begin', async () => {
    await using own = await startHost();
    const saved = { ...fromPayload('source'), ...texts({ prompt: 'What happens?' }), config: 'one-by-one' };
    const tasksAre = (status: string) =>
      own.emulator.addFaults([
        {
          match: { path: '/v1.3/analyze/tasks/*', times: 'always' },
          action: { type: 'respond', status: 200, body: { task_id: 'task', status } },
        },
      ]);
    tasksAre('processing');
    // The length of a URL's video is not known, so a task answers.
    const waiting = own.run('analyze', saved, { payload: `${own.emulator.url}/samples/video.mp4` });
    await expect.poll(() => own.logged).toContainEqual(expect.stringMatching(/^Waiting for analysis task/));
    const { error } = await own.run('analyze', saved, { payload: sampleVideo });
    expect(error).toBeUndefined();
    await own.emulator.reset();
    tasksAre('failed');
    expect((await waiting).error).toMatchObject({ code: 'resource_failed' });
  }, 30_000);

  test('images that the question names', async () => {
    const images = [{ name: 'ball', asset_id: image }];
    const saved = {
      ...fromPayload('source'),
      ...texts({ prompt: 'Where is <@ball>?' }),
      ...json('images', images),
    };
    const { error, posts } = await run('analyze', saved, { payload: video });
    expect(error).toBeUndefined();
    expect(posts).toMatchObject([
      {
        json: {
          prompt_v2: { input_text: 'Where is <@ball>?', media_sources: [{ name: 'ball', asset_id: image }] },
        },
      },
    ]);
    const wrong = await run('analyze', { ...saved, prompt: 'Where is <@cup>?' }, { payload: video });
    expect(wrong.error?.cause?.issues).toMatchObject([{ property: 'prompt' }]);
  });

  test.each([
    ['analyze', texts({ source: sampleImage, prompt: 'What happens?' }), 'must be a video'],
    [
      'entity',
      { ...texts({ action: 'create', collection: 'people', entityName: 'Ada', images: sampleVideo }) },
      'must be an image',
    ],
  ])('%s refuses a file of another kind before it is sent', async (folder, saved, message) => {
    const { error, posts } = await run(folder, saved, {});
    expect(error?.cause?.issues).toMatchObject([{ rule: 'kind', message }]);
    expect(posts).toEqual([]);
  });

  test('a schema and segments exclude each other, before a file is sent', async () => {
    const saved = {
      ...texts({ source: sampleVideo }),
      ...json('segments', [{ id: 'a', description: 'b' }]),
      ...json('schema', { type: 'object' }),
    };
    const { error, requests } = await run('analyze', saved, {});
    expect(error?.cause?.issues?.map(({ property }) => property)).toContain('segments');
    expect(requests).toEqual([]);
  });
});

describe('search', () => {
  const index = 'a library';
  beforeAll(() => run('index-asset', { ...fromPayload('source'), ...texts({ index }) }, { payload: video }));

  test.each<[string, () => unknown]>([
    ['a path', () => sampleImage],
    ['its content', () => readFile(sampleImage)],
    [
      'an upload',
      async () => ({ buffer: await readFile(sampleImage), originalname: 'a.jpg', mimetype: 'image/jpeg' }),
    ],
  ])('by an image: %s', async (_name, make) => {
    const { error, posts } = await run(
      'search',
      { ...texts({ index }), ...fromPayload('image') },
      { payload: await make() },
    );
    expect(error).toBeUndefined();
    const form = posts[0]?.form ?? [];
    expect(form).toContainEqual({ name: 'query_media_type', value: 'image' });
    expect(form.filter((part) => 'sha256' in part)).toMatchObject([
      { size: (await readFile(sampleImage)).byteLength },
    ]);
  });

  test('by several images and a text, in an index by its name', async () => {
    const url = `${host.emulator.url}/samples/image.jpg`;
    const saved = { ...texts({ index, query: 'a ball' }), ...fromPayload('image') };
    const { error, posts } = await run('search', saved, { payload: [sampleImage, url] });
    expect(error).toBeUndefined();
    expect(posts[0]?.form).toEqual(
      expect.arrayContaining([
        { name: 'query_text', value: 'a ball' },
        { name: 'query_media_url', value: url },
      ]),
    );
  });

  test('what is no image, and an index that does not exist', async () => {
    const none = await run(
      'search',
      { ...texts({ index }), ...fromPayload('image') },
      { payload: '/nowhere.jpg' },
    );
    expect(none.error?.cause?.issues).toMatchObject([{ property: 'msg.payload', rule: 'exists' }]);
    const unknown = await run('search', texts({ index: 'nobody made it', query: 'x' }), {});
    expect(unknown.error?.message).toContain('Index: must be the name or the ID of an existing index');
    expect(unknown.posts).toEqual([]);
  });
});

test('index asset: the transcript on request', async () => {
  const saved = { ...fromPayload('source'), ...texts({ index: 'with words' }), ...on('transcript') };
  const { sent } = await run('index-asset', saved, { payload: video });
  expect(sent).toMatchObject([
    { payload: { status: 'ready' }, assetId: video, transcript: expect.any(Array) },
  ]);
});

describe('embed', () => {
  test('a text', async () => {
    const { payload, posts, sent } = await run(
      'embed',
      { inputType: 'text', ...fromPayload('text') },
      { payload: 'a ball' },
    );
    expect(payload).toMatchObject([{ embedding: expect.any(Array) }]);
    expect(sent[0]).toHaveProperty('embedding');
    expect(posts).toMatchObject([{ json: { input_type: 'text', text: { input_text: 'a ball' } } }]);
  });

  test.each<[string, string, () => unknown, object]>([
    [
      'an image by its path',
      'image',
      () => sampleImage,
      { image: { media_source: { base64_string: expect.any(String) } } },
    ],
    [
      'an asset',
      'video',
      () => ({ _id: video }),
      { video: { media_source: { asset_id: expect.any(String) }, start_sec: 1 } },
    ],
    [
      'a URL with a text',
      'text_image',
      () => `${host.emulator.url}/samples/image.jpg`,
      { text_image: { input_text: 'blue', media_source: { url: expect.any(String) } } },
    ],
  ])('%s', async (_name, inputType, payload, json) => {
    const saved = {
      inputType,
      ...fromPayload('source'),
      ...texts({ text: 'blue' }),
      startTime: '1',
      startTimeType: 'num',
    };
    const { error, posts, sent } = await run('embed', { ...saved, ...on('split') }, { payload: payload() });
    expect(error).toBeUndefined();
    expect(posts.at(-1)?.json).toMatchObject(json);
    expect(sent[0]).toMatchObject({ payload: { embedding: expect.any(Array) }, parts: { index: 0 } });
  });

  test('long media by a task', async () => {
    const saved = {
      inputType: 'video',
      ...fromPayload('source'),
      ...on('long'),
      vectorsFor: 'clip,asset',
      vectorsForType: 'fixed',
    };
    const { error, payload, posts } = await run('embed', saved, { payload: video });
    expect(error).toBeUndefined();
    expect(posts).toMatchObject([
      { path: '/v1.3/embed-v2/tasks', json: { video: { embedding_scope: ['clip', 'asset'] } } },
    ]);
    expect(payload).not.toEqual([]);
  });
});

describe('entity', () => {
  const collection = 'a team';
  let entity: string;

  test('create: a collection by its name, images from files and assets, and the wait', async () => {
    const saved = {
      action: 'create',
      ...texts({ collection, entityName: 'Ada' }),
      ...fromPayload('images'),
      ...on('waitUntilReady'),
    };
    const { error, payload } = await run('entity', saved, { payload: [{ _id: image }, sampleImage] });
    expect(error).toBeUndefined();
    expect(payload).toMatchObject({ name: 'Ada', status: 'ready', asset_ids: [image, expect.any(String)] });
    ({ _id: entity } = payload as { _id: string });
  });

  test('add and remove images', async () => {
    const more = await assetOf(sampleImage);
    const saved = { ...texts({ collection, entityId: entity }), ...fromPayload('images') };
    const added = await run('entity', { action: 'add', ...saved }, { payload: more });
    expect(added.payload).toMatchObject({ asset_ids: expect.arrayContaining([image, more]) });
    const removed = await run('entity', { action: 'remove', ...saved }, { payload: { _id: more } });
    expect((removed.payload as { asset_ids: string[] }).asset_ids).not.toContain(more);
    const file = await run('entity', { action: 'remove', ...saved }, { payload: sampleImage });
    expect(file.error?.cause?.issues).toMatchObject([{ property: 'msg.payload', field: 'asset_ids' }]);
  });

  test('list, all and in parts; what an action does not use need not be there', async () => {
    const saved = { action: 'list', ...texts({ collection }), ...fromPayload('images') };
    expect((await run('entity', saved, {})).payload).toMatchObject([{ _id: entity }]);
    expect((await run('entity', { ...saved, ...on('split') }, {})).sent).toMatchObject([
      { payload: { _id: entity }, parts: { count: 1 } },
    ]);
    const unknown = await run('entity', { ...saved, collection: 'no team' }, {});
    expect(unknown.error?.message).toContain(
      'Collection: must be the name or the ID of an existing collection',
    );
    expect(unknown.posts).toEqual([]);
  });

  test('the collections are listed once for a message with a file', async () => {
    const saved = { action: 'add', ...texts({ collection, entityId: entity }), ...fromPayload('images') };
    const { error, requests } = await run('entity', saved, { payload: sampleImage });
    expect(error).toBeUndefined();
    expect(requests.filter(({ path }) => path === '/v1.3/entity-collections')).toHaveLength(1);
  });

  test('a name of digits may be a number; what is no name is told what it must be', async () => {
    const saved = { action: 'create', ...texts({ entityName: 'Ada' }), ...fromPayload('images') };
    const numbered = { payload: image, twelvelabs: { collection: 42 } };
    expect((await run('entity', saved, numbered)).error).toBeUndefined();
    const list = await run('entity', { action: 'list' }, numbered);
    expect(list.payload).toMatchObject([{ name: 'Ada' }]);
    for (const [folder, override, thing] of [
      ['entity', { collection: ['a'] }, 'a collection'],
      ['search', { index: { a: 1 } }, 'an index'],
    ] as const) {
      const { error } = await run(folder, saved, { payload: image, twelvelabs: override });
      expect(error?.cause?.issues).toContainEqual(
        expect.objectContaining({ message: `must be the name or the ID of ${thing}` }),
      );
    }
  });

  test('delete', async () => {
    const saved = { action: 'delete', ...texts({ collection }), ...fromPayload('entityId') };
    expect((await run('entity', saved, { payload: entity })).payload).toEqual({ _id: entity, deleted: true });
  });
});

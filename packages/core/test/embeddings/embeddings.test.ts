import { readFile } from 'node:fs/promises';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { createEmbedding, createEmbeddingTask, fileFromBuffer, type Operation } from '../../src/index.ts';
import { systemClock } from '../../src/node/index.ts';
import { usePlatform } from '../support/platform.ts';

const platform = usePlatform();
const client = () => platform.account({ clock: systemClock }).client;
const OPERATIONS: readonly Operation<unknown>[] = [createEmbedding, createEmbeddingTask];
const text = { input_type: 'text', text: { input_text: 'A ball rolls.' } };

describe('an embedding', () => {
  it('of a text has 512 numbers', async () => {
    const { data } = await client().embeddings.create(text);
    expect(data).toHaveLength(1);
    expect(data[0]?.embedding).toHaveLength(512);
    const sent = platform.emulator.requests().find(({ path }) => path === '/v1.3/embed-v2');
    expect(sent?.json).toMatchObject({ model_name: 'marengo3.0' });
  });

  it('of an asset, of a URL and of a small file is the same kind of thing', async () => {
    const { _id: asset_id } = await platform.asset(sampleImage, 'image/jpeg');
    const file = fileFromBuffer(await readFile(sampleImage));
    const url = `${platform.emulator.url}/samples/image.jpg`;
    for (const media_source of [{ asset_id }, { url }, { file }]) {
      const { data } = await client().embeddings.create({ input_type: 'image', image: { media_source } });
      expect(data[0]?.embedding).toHaveLength(512);
    }
    const audio = { media_source: { file: fileFromBuffer(await readFile(sampleAudio)) } };
    expect((await client().embeddings.create({ input_type: 'audio', audio })).data).not.toEqual([]);
  });

  it('takes what other models take', async () => {
    for (const sent of [
      { input_type: 'hologram', model_name: 'marengo9', hologram: { depth: [1, { a: null }] } },
      // Names that another model may use in its own way.
      {
        input_type: 'text',
        model_name: 'marengo9',
        text: ['a', 'b'],
        multi_input: { inputs: [{ text: 'c' }] },
      },
      { input_type: 'video', model_name: 'marengo9', video: 'https://example.com/a.mp4' },
    ]) {
      for (const operation of OPERATIONS) {
        await expect(client().call(operation, sent)).rejects.toMatchObject({ code: 'api', status: 400 });
        expect(platform.emulator.requests().at(-1)?.json).toEqual(sent);
      }
    }
  });
});

describe('a task', () => {
  it('gives the embeddings of a video', async () => {
    const { _id: asset_id } = await platform.asset(sampleVideo, 'video/mp4');
    const { tasks } = client().embeddings;
    const { _id } = await tasks.create({ input_type: 'video', video: { media_source: { asset_id } } });
    const task = await tasks.waitUntilReady(_id, { interval: 10 });
    expect(task).toMatchObject({ _id, status: 'ready' });
    expect(task.data?.[0]?.embedding).toHaveLength(512);
    expect((await tasks.list({ status: 'ready' })).data).toMatchObject([{ _id }]);
    const ids: string[] = [];
    for await (const each of tasks.listAll()) ids.push(each._id);
    expect(ids).toEqual([_id]);
  });

  it('that failed gives the reason, and its id', async () => {
    const { _id: asset_id } = await platform.asset(sampleImage, 'image/jpeg');
    const { tasks } = client().embeddings;
    const created = tasks.create({ input_type: 'video', video: { media_source: { asset_id } } });
    const failed = created.then(({ _id }) => tasks.waitUntilReady(_id, { interval: 10 }));
    await expect(failed).rejects.toMatchObject({
      code: 'resource_failed',
      resource: 'embedding_task',
      reason: expect.stringMatching(/./),
    });
  });
});

const video = { input_type: 'video', video: { media_source: { asset_id: '0'.repeat(24) } } };

it.each<[Operation<unknown>, object, string]>([
  [createEmbedding, text, '/v1.3/embed-v2'],
  [createEmbeddingTask, video, '/v1.3/embed-v2/tasks'],
])('what is billed is not sent again when its answer is lost', async (operation, params, path) => {
  platform.emulator.addFaults([
    { match: { path, times: 'always' }, action: { type: 'reset', at: 'after-body' } },
  ]);
  await expect(client().call(operation, params)).rejects.toMatchObject({ code: 'uncertain_outcome' });
  expect(platform.arrived('POST', path)).toBe(1);
});

describe('an embedding is checked before anything is sent', () => {
  it.each<[string, object, string]>([
    ['no type', {}, 'input_type'],
    ['no input', { input_type: 'text' }, 'text'],
    ['a text that is no text', { input_type: 'text', text: { input_text: null } }, 'text.input_text'],
    ['no source', { input_type: 'image', image: { media_source: {} } }, 'image.media_source'],
    [
      'two sources',
      { input_type: 'image', image: { media_source: { url: 'https://example.com/a.jpg', asset_id: 'a' } } },
      'image.media_source',
    ],
    [
      'a file that is a path',
      { input_type: 'image', image: { media_source: { file: 'a.jpg' } } },
      'image.media_source.file',
    ],
  ])('%s', async (_name, params, field) => {
    expect((await createEmbedding.check(params)).map((issue) => issue.field)).toContain(field);
  });

  it('a file that is too large, also when its size is not known', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    const endless = {
      async *stream() {
        for (;;) yield chunk;
      },
    };
    for (const file of [endless, { ...endless, size: 1e9 }]) {
      const embedding = client().embeddings.create({
        input_type: 'video',
        video: { media_source: { file } },
      });
      await expect(embedding).rejects.toMatchObject({
        code: 'validation',
        issues: [{ field: 'video.media_source.file' }],
      });
    }
    expect(platform.emulator.requests()).toHaveLength(0);
  });
});

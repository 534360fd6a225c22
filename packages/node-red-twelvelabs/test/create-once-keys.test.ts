import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, type Message, startHost } from './host.ts';
import { fromPayload, on, runOn, texts } from './saved.ts';

let host: Host;
const run = (folder: string, saved: Message, message: Message) => runOn(host, folder, saved, message);

beforeAll(async () => {
  host = await startHost({ processingMs: 50 });
});
afterAll(() => host?.[Symbol.asyncDispose]());

describe('a create-once key', () => {
  const creates = (posts: readonly { readonly path: string }[]) =>
    posts.filter(({ path }) => path === '/v1.3/assets').length;

  test('of analyze: one asset and one task, also for what is answered as it arrives', async () => {
    const saved = {
      ...fromPayload('source'),
      ...texts({ prompt: 'What happens?', once: 'order-1' }),
      ...on('stream'),
    };
    const first = await run('analyze', saved, { payload: sampleVideo });
    const second = await run('analyze', saved, { payload: sampleVideo });
    expect([first.error, second.error]).toEqual([undefined, undefined]);
    expect([creates(first.posts), creates(second.posts)]).toEqual([1, 0]);
    const tasks = host.logged.filter((line) => line.startsWith('Waiting for analysis task ')).slice(-2);
    expect(new Set(tasks).size).toBe(1);
    const other = await run('analyze', { ...saved, prompt: 'Who is seen?' }, { payload: sampleVideo });
    expect(other.payload).not.toEqual(first.payload);
    const url = `${host.emulator.url}/samples/video.mp4`;
    expect((await run('analyze', { ...saved, once: 'order-2' }, { payload: url })).error).toBeUndefined();
  });

  test.each<[string, Message, () => unknown, number]>([
    ['index-asset', texts({ index: 'once' }), () => sampleVideo, 1],
    ['embed', { inputType: 'image' }, async () => Readable.from([await readFile(sampleImage)]), 1],
    [
      'entity',
      { action: 'create', ...texts({ collection: 'once', entityName: 'Ada' }) },
      () => [sampleImage, sampleImage],
      2,
    ],
  ])('of %s: each file becomes one asset', async (folder, saved, payload, count) => {
    const source = fromPayload(folder === 'entity' ? 'images' : 'source');
    const twice = [];
    for (const _ of [1, 2]) {
      const message = { payload: await payload(), twelvelabs: { once: `${folder} 4711` } };
      const { error, posts } = await run(folder, { ...saved, ...source }, message);
      expect(error).toBeUndefined();
      twice.push(creates(posts));
    }
    expect(twice).toEqual([count, 0]);
  });
});

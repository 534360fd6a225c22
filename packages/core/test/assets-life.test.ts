import { readFile } from 'node:fs/promises';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import { AssetsClient, type CreateOptions, checkRequirements } from '../src/index.ts';
import { systemClock } from '../src/node/index.ts';
import { usePlatform } from './support/platform.ts';
import { thrownBy } from './support/thrown.ts';

const platform = usePlatform();
const files: Record<'video' | 'audio' | 'image', File> = {} as never;
beforeAll(async () => {
  files.video = new File([await readFile(sampleVideo)], 'video.mp4', { type: 'video/mp4' });
  files.audio = new File([await readFile(sampleAudio)], 'audio.mp3', { type: 'audio/mpeg' });
  files.image = new File([await readFile(sampleImage)], 'image.jpg', { type: 'image/jpeg' });
});
const create = (file: File, options: CreateOptions = {}) =>
  platform.client().client.create({ method: 'direct', file, user_metadata: { a: 1 } }, options);
const unknownId = '0123456789abcdef01234567';

describe('waitUntilReady', () => {
  it('gives the asset with what processing found', async () => {
    const statuses: unknown[] = [];
    const { client } = platform.client({ clock: systemClock });
    const { _id } = await client.create({ method: 'direct', file: files.video });
    const asset = await client.waitUntilReady(_id, {
      interval: 20,
      onStatus: ({ status }) => statuses.push(status),
    });
    expect(asset).toMatchObject({
      status: 'ready',
      size: files.video.size,
      duration: 5,
      file_type: 'video/mp4',
    });
    expect(statuses.at(-1)).toBe('ready');
  });

  it('gives an image without a duration', async () => {
    const { _id } = await create(files.image);
    await platform.emulator.settled();
    expect(await platform.client().client.waitUntilReady(_id)).not.toHaveProperty('duration');
  });

  it("throws the platform's reason when the asset failed", async () => {
    const { _id } = await create(new File(['words'], 'renamed.mp4', { type: 'video/mp4' }));
    await platform.emulator.settled();
    const { error } = await platform.client().client.retrieve(_id);
    await expect(platform.client().client.waitUntilReady(_id)).rejects.toMatchObject({
      code: 'asset_failed',
      asset: { _id },
      reason: error?.message,
    });
  });

  it('ends with the asset last seen when it takes too long, after longer and longer pauses', async () => {
    const { _id } = await create(files.video);
    await platform.emulator.settled();
    const still = { _id, status: 'processing', method: 'direct' };
    platform.emulator.addFaults([
      { match: { method: 'GET', times: 'always' }, action: { type: 'respond', status: 200, body: still } },
    ]);
    const { client, clock } = platform.client();
    const waited = client.waitUntilReady(_id, { maxWait: 10_000, interval: 1_000, maxInterval: 3_000 });
    await expect(waited).rejects.toMatchObject({
      code: 'timeout',
      kind: 'wait',
      asset: { status: 'processing' },
    });
    expect(clock.slept).toEqual([1_000, 1_500, 2_250, 3_000, 2_250]);
  });

  it('waits for HLS and the thumbnail too, and only where they were asked for', async () => {
    const { _id } = await create(files.video);
    await platform.emulator.settled();
    const body = (hls: string, thumbnail: string) => ({
      _id,
      status: 'ready',
      hls: { status: hls },
      thumbnail: { status: thumbnail },
    });
    const answer = (hls: string, thumbnail: string) =>
      platform.emulator.addFaults([
        { match: { method: 'GET' }, action: { type: 'respond', status: 200, body: body(hls, thumbnail) } },
      ]);
    answer('pending', 'pending');
    answer('ready', 'processing');
    answer('ready', 'ready');
    const { client } = platform.client();
    const asset = await client.waitUntilReady(_id, { waitFor: ['hls', 'thumbnail'] });
    expect(asset).toMatchObject({ hls: { status: 'ready' }, thumbnail: { status: 'ready' } });
    expect(await client.waitUntilReady(_id, { waitFor: ['hls', 'thumbnail'] })).not.toHaveProperty('hls');
  });

  it('passes over rate limits and failures on the way', async () => {
    const { _id } = await create(files.video);
    await platform.emulator.settled();
    platform.emulator.addFaults([
      { match: { method: 'GET' }, action: { type: 'respond', status: 429, headers: { 'retry-after': '2' } } },
      { match: { method: 'GET' }, action: { type: 'reset', at: 'before-reading' } },
    ]);
    expect(await platform.client().client.waitUntilReady(_id)).toMatchObject({ status: 'ready' });
  });

  it('can be canceled', async () => {
    const { _id } = await create(files.video);
    await platform.emulator.settled();
    const still = { _id, status: 'processing' };
    platform.emulator.addFaults([
      { match: { method: 'GET', times: 'always' }, action: { type: 'respond', status: 200, body: still } },
    ]);
    const cancel = new AbortController();
    const { client } = platform.client();
    const waited = client.waitUntilReady(_id, { signal: cancel.signal, onStatus: () => cancel.abort() });
    await expect(waited).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('a total time limit', () => {
  it('ends everything', async () => {
    platform.emulator.addFaults([
      { match: { method: 'POST', times: 'always' }, action: { type: 'stall', while: 'answering' } },
    ]);
    const { client, clock } = platform.client();
    const created = client.create({ method: 'direct', file: files.video }, { timeout: 5_000 });
    await expect(created).rejects.toMatchObject({ code: 'timeout', kind: 'total' });
    expect(clock.watchdogs).toBe(0);
  });
});

describe('an answer with null in the place of fields that are absent', () => {
  it('passes through as it came', async () => {
    const body = {
      _id: unknownId,
      status: 'ready',
      method: null,
      size: null,
      duration: null,
      hls: null,
      error: null,
      new_field: [1],
    };
    platform.emulator.addFaults([
      { match: { method: 'GET' }, action: { type: 'respond', status: 200, body } },
    ]);
    expect(await platform.client().client.waitUntilReady(unknownId, { waitFor: ['hls'] })).toEqual(body);
  });
});

describe('list', () => {
  it('gives pages, newest first, and filters', async () => {
    const ids: string[] = [];
    for (const file of Object.values(files)) ids.unshift((await create(file))._id);
    const { client } = platform.client();
    const page = await client.list({ page_limit: 2 });
    // Were there a fourth asset, this tells whether it was sent.
    expect(platform.emulator.requests().filter(({ method }) => method === 'POST')).toHaveLength(3);
    expect(page.data.map(({ _id }) => _id)).toEqual(ids.slice(0, 2));
    expect(page.page_info).toEqual({ page: 1, limit_per_page: 2, total_page: 2, total_results: 3 });
    expect((await client.list({ filename: 'VIDEO' })).data).toMatchObject([{ filename: 'video.mp4' }]);
    expect((await client.list({ asset_types: ['image', 'audio'] })).data).toHaveLength(2);
    expect((await client.list({ asset_ids: [String(ids[1])] })).data).toMatchObject([{ _id: ids[1] }]);
  });

  it('walks through all pages, and stops at a limit', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.unshift((await create(files.image))._id);
    const { client } = platform.client();
    const seen: string[] = [];
    for await (const { _id } of client.listAll({ page_limit: 2 })) seen.push(_id);
    expect(seen).toEqual(ids);
    const some: string[] = [];
    for await (const { _id } of client.listAll({ limit: 3 })) some.push(_id);
    expect(some).toEqual(ids.slice(0, 3));
  });

  it('refuses filters that the platform would refuse', async () => {
    const { client } = platform.client();
    const params = { page: 0, page_limit: 51, asset_ids: [], asset_types: ['text'], filename: '' } as never;
    const fields = ['page', 'page_limit', 'asset_ids', 'asset_types.0', 'filename'];
    // One text with two ids in it is no id.
    const ids = client.list({ asset_ids: ['0123456789abcdef01234567,0123456789abcdef01234568'] });
    await expect(ids).rejects.toMatchObject({ issues: [{ field: 'asset_ids.0' }] });
    await expect(client.list(params)).rejects.toMatchObject({
      code: 'validation',
      issues: fields.map((field) => ({ field })),
    });
  });
});

describe('delete', () => {
  it('deletes', async () => {
    const { _id } = await create(files.image);
    await platform.client().client.delete(_id);
    expect(await platform.assets()).toEqual([]);
  });

  it('tells that an index still refers to the asset, unless forced', async () => {
    const { _id } = await create(files.image);
    const body = JSON.stringify({ asset_id: _id, index_id: unknownId });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${platform.emulator.url}/_emulator/references`, { method: 'POST', body, headers });
    const { client } = platform.client();
    await expect(client.delete(_id)).rejects.toMatchObject({ code: 'conflict' });
    await client.delete(_id, { force: true });
    expect(await platform.assets()).toEqual([]);
  });

  it('is not forced by what only counts as true', async () => {
    const { _id } = await create(files.image);
    const force = 'false' as unknown as boolean;
    await expect(platform.client().client.delete(_id, { force })).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/^force: must be true or false/),
    });
    expect(await platform.assets()).toEqual([_id]);
  });

  it('succeeds when only the answer was lost', async () => {
    const { _id } = await create(files.image);
    platform.emulator.addFaults([
      { match: { method: 'DELETE' }, action: { type: 'reset', at: 'after-stored' } },
    ]);
    await platform.client().client.delete(_id);
    expect(await platform.assets()).toEqual([]);
  });

  it('fails for an asset that never was', async () => {
    await expect(platform.client().client.delete(unknownId)).rejects.toMatchObject({ code: 'api' });
  });
});

describe('user metadata', () => {
  const metadata = async (id: string) => (await platform.client().client.retrieve(id)).user_metadata;

  it('merges, replaces and removes', async () => {
    const { _id } = await create(files.image);
    const { client } = platform.client();
    await client.updateUserMetadata(_id, { b: 'two', c: true });
    expect(await metadata(_id)).toEqual({ a: 1, b: 'two', c: true });
    await client.updateUserMetadata(_id, { a: null });
    expect(await metadata(_id)).toEqual({ b: 'two', c: true });
    await client.replaceUserMetadata(_id, { d: 1.5 });
    expect(await metadata(_id)).toEqual({ d: 1.5 });
    await client.deleteUserMetadata(_id);
    expect(await metadata(_id)).toBeUndefined();
  });

  it('refuses what metadata can not hold', async () => {
    const { client } = platform.client();
    for (const bad of [{ a: [1] }, { '': 1 }, 'text', null]) {
      await expect(client.replaceUserMetadata(unknownId, bad as never)).rejects.toMatchObject({
        code: 'validation',
      });
    }
    await expect(client.replaceUserMetadata(unknownId, { a: null } as never)).rejects.toMatchObject({
      code: 'validation',
    });
  });
});

describe('ids', () => {
  it.each(['', '..', '../assets', 'a/b', 'a b', '%2e%2e', 'a\nb', 'x'.repeat(129), undefined, 7])(
    'refuses %j before anything is sent',
    async (id) => {
      const { client } = platform.client();
      const before = platform.emulator.requests().length;
      for (const call of [
        client.retrieve(id as string),
        client.delete(id as string),
        client.waitUntilReady(id as string),
      ]) {
        await expect(call).rejects.toMatchObject({ code: 'validation' });
      }
      expect(platform.emulator.requests().length).toBe(before);
    },
  );
});

describe('options', () => {
  it.each([
    [{ upload: 'fast' }, 'upload'],
    [{ concurrency: 0 }, 'concurrency'],
    [{ timeout: -1 }, 'timeout'],
    [{ idleTimeout: 2 ** 31 }, 'idleTimeout'],
    [{ once: '' }, 'once'],
    [{ retry: { maxAttempts: 0 } }, 'retry.maxAttempts'],
    [{ waitUntilReady: { maxWait: 'long' } }, 'waitUntilReady.maxWait'],
    [{ wait: true }, 'wait'],
  ])('refuses %j', async (options, field) => {
    await expect(create(files.image, options as never)).rejects.toMatchObject({
      code: 'validation',
      issues: [{ field }],
    });
    expect(await platform.assets()).toEqual([]);
  });

  it.each(['http://api.example.org/v1.3', 'ftp://127.0.0.1', '/v1.3', 'https://me:secret@example.org', ''])(
    'refuses the base URL %j',
    (baseUrl) => {
      const transport = { send: () => Promise.reject() };
      const create = () => new AssetsClient({ baseUrl, clock: systemClock, transport });
      expect(thrownBy(create)).toMatchObject({ code: 'validation' });
    },
  );
});

describe('parameters and options', () => {
  const wrong = { timeout: -1 };
  it.each<[string, string[], (client: AssetsClient) => Promise<unknown>]>([
    ['retrieve', ['asset_id'], (client) => client.retrieve('../x', wrong)],
    ['list', ['page', 'page_limit'], (client) => client.list({ page: 0, page_limit: 99 }, wrong)],
    ['listAll', ['limit'], (client) => client.listAll({ limit: 0 }, wrong).next()],
    ['delete', ['asset_id', 'force'], (client) => client.delete('', { ...wrong, force: 1 as never })],
    ['waitUntilReady', ['asset_id'], (client) => client.waitUntilReady('', wrong)],
    [
      'updateUserMetadata',
      ['asset_id', 'user_metadata'],
      (client) => client.updateUserMetadata('', 7 as never, wrong),
    ],
    [
      'replaceUserMetadata',
      ['asset_id', 'user_metadata'],
      (client) => client.replaceUserMetadata('', 7 as never, wrong),
    ],
    ['deleteUserMetadata', ['asset_id'], (client) => client.deleteUserMetadata('', wrong)],
  ])('of %s are refused together', async (_, fields, call) => {
    await expect(call(platform.client().client)).rejects.toMatchObject({
      code: 'validation',
      issues: [...fields, 'timeout'].map((field) => ({ field })),
    });
    expect(platform.emulator.requests()).toEqual([]);
  });
});

describe('a host that is not there', () => {
  it('is a NetworkError that names it', async () => {
    const { client } = platform.client({ baseUrl: 'http://127.0.0.1:9/v1.3', retry: { maxAttempts: 2 } });
    await expect(client.list()).rejects.toMatchObject({ code: 'network', host: '127.0.0.1:9' });
  });
});

describe('the requirements of a use case', () => {
  it('are checked for a ready asset', async () => {
    const { client } = platform.client({ clock: systemClock });
    const asset = await client.create(
      { method: 'direct', file: files.image },
      { waitUntilReady: { interval: 20 } },
    );
    expect(asset.status).toBe('ready');
    expect(checkRequirements(asset, 'analysis').fits).toBe(false);
    expect(checkRequirements(asset, 'embeddings').fits).toBe(true);
  });
});

import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setUp } from './set-up.ts';

let stage: Stage;
const ids: Record<string, string> = {};

beforeAll(async () => {
  stage = await setUp({
    flows: {
      create: { waitUntilReady: 'true', waitUntilReadyType: 'bool' },
      start: {},
      get: { type: 'twelvelabs-get-asset', assetId: 'payload._id', assetIdType: 'msg' },
      list: { type: 'twelvelabs-list-assets', assetTypes: '', assetTypesType: 'fixed' },
      split: {
        type: 'twelvelabs-list-assets',
        all: 'true',
        allType: 'bool',
        split: 'true',
        splitType: 'bool',
      },
      wait: { type: 'twelvelabs-wait-until-ready', assetId: 'payload._id', assetIdType: 'msg' },
      metadata: {
        type: 'twelvelabs-update-metadata',
        assetId: 'payload',
        assetIdType: 'msg',
        action: 'merge',
        actionType: 'fixed',
        metadata: 'metadata',
        metadataType: 'msg',
      },
      remove: { type: 'twelvelabs-delete-asset', assetId: 'payload', assetIdType: 'msg' },
    },
    emulator: { processingMs: 300 },
  });
  for (const [kind, path] of Object.entries({ video: sampleVideo, audio: sampleAudio, image: sampleImage })) {
    ids[kind] = (await stage.send('create', { payload: path })).asset?._id ?? '';
  }
});
afterAll(() => stage?.[Symbol.asyncDispose]());

test('get', async () => {
  const { asset, rest } = await stage.send('get', { payload: { _id: ids.video }, topic: 'kept' });
  expect(asset).toMatchObject({ _id: ids.video, status: 'ready', duration: 5 });
  expect(rest?.topic).toBe('kept');
});

test('get of what is not there', async () => {
  const { error } = await stage.send('get', { payload: { _id: '65f0a1b2c3d4e5f6a7b8c9d0' } });
  expect(error).toMatchObject({ code: 'api', details: { status: 404, apiCode: 'resource_not_exist' } });
});

test.each([undefined, '', '../../indexes', 7])('an id that is none: %j', async (id) => {
  const { error } = await stage.send('get', { payload: { _id: id } });
  expect(error).toMatchObject({ code: 'validation', details: { issues: [{ property: 'msg.payload._id' }] } });
});

describe('list', () => {
  test('newest first, with the page', async () => {
    const { asset, rest } = await stage.send('list', {});
    expect((asset as unknown as { _id: string }[]).map(({ _id }) => _id)).toEqual([
      ids.image,
      ids.audio,
      ids.video,
    ]);
    expect(rest?.pageInfo).toMatchObject({ total_results: 3 });
  });

  test('by kind and name, all pages up to a number', async () => {
    const videos = await stage.send('list', {
      twelvelabs: { assetTypes: ['video', 'audio'], filename: 'video' },
    });
    expect(videos.asset).toMatchObject([{ _id: ids.video }]);
    const two = await stage.send('list', { twelvelabs: { all: true, limit: 2, pageLimit: 1 } });
    expect(two.asset).toHaveLength(2);
  });

  test('one message each, as a sequence', async () => {
    // The first of the messages answers the call.
    const { asset, rest } = await stage.send('split', {});
    expect(asset).toMatchObject({ _id: ids.image });
    expect(rest?.parts).toMatchObject({ index: 0, count: 3, type: 'array' });
  });

  test('a page that is none', async () => {
    const { error } = await stage.send('list', { twelvelabs: { page: 0, pageLimit: 'many' } });
    expect(error?.details?.issues?.map(({ property }) => property)).toEqual([
      'msg.twelvelabs.page',
      'msg.twelvelabs.pageLimit',
    ]);
  });
});

test('wait until ready', async () => {
  const { asset: started } = await stage.send('start', { payload: sampleVideo });
  expect(started?.status).toBe('processing');
  const { asset } = await stage.send('wait', { payload: started, twelvelabs: { interval: 0.1 } });
  expect(asset).toMatchObject({ _id: started?._id, status: 'ready' });
  await stage.send('remove', { payload: asset?._id });
});

test('a wait that is too long says that the asset exists', async () => {
  await using other = await setUp({
    flows: {
      create: { waitUntilReady: 'true', waitUntilReadyType: 'bool', maxWait: '0.2', maxWaitType: 'num' },
    },
    emulator: { processingMs: 60_000 },
  });
  const { error } = await other.send('create', { payload: sampleVideo });
  expect(error).toMatchObject({
    code: 'timeout',
    details: { kind: 'wait', limit: 200, asset: { status: 'processing' } },
  });
});

describe('metadata', () => {
  test('merge, replace and delete', async () => {
    const merged = await stage.send('metadata', { payload: ids.video, metadata: { a: 1, b: 'two' } });
    expect(merged.asset?.user_metadata).toEqual({ a: 1, b: 'two' });
    const without = await stage.send('metadata', { payload: ids.video, metadata: { a: null } });
    expect(without.asset?.user_metadata).toEqual({ b: 'two' });
    const replaced = await stage.send('metadata', {
      payload: ids.video,
      metadata: { c: true },
      twelvelabs: { action: 'replace' },
    });
    expect(replaced.asset?.user_metadata).toEqual({ c: true });
    const deleted = await stage.send('metadata', { payload: ids.video, twelvelabs: { action: 'delete' } });
    expect(deleted.asset?.user_metadata ?? {}).toEqual({});
  });

  test('an action that is none, told together with an id that is none', async () => {
    const { error } = await stage.send('metadata', {
      payload: '../indexes',
      metadata: {},
      twelvelabs: { action: 'shred' },
    });
    expect(error).toMatchObject({
      code: 'validation',
      details: { issues: [{ property: 'msg.twelvelabs.action' }, { property: 'msg.payload' }] },
    });
  });
});

test('delete: refused while an index uses it, unless forced', async () => {
  await fetch(`${stage.emulator.url}/_emulator/references`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ asset_id: ids.image, index_id: '65f0a1b2c3d4e5f6a7b8c9d1' }),
  });
  expect((await stage.send('remove', { payload: ids.image })).error).toMatchObject({
    code: 'conflict',
    details: { status: 409 },
  });
  const { asset } = await stage.send('remove', { payload: ids.image, twelvelabs: { force: true } });
  expect(asset).toEqual({ _id: ids.image, deleted: true });
});

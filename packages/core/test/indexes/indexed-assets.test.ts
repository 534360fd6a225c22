import { readFile } from 'node:fs/promises';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { createIndexedAsset, formatSrt, formatWebVtt, type IndexedAsset } from '../../src/index.ts';
import { systemClock } from '../../src/node/index.ts';
import { usePlatform } from '../support/platform.ts';

const platform = usePlatform();
/** A real clock: the emulator works in real time. */
const client = () => platform.account({ clock: systemClock }).client;
const wait = { interval: 10 };
const indexId = async () => (await client().indexes.getOrCreate('clips'))._id;
const asset = () => platform.asset(sampleVideo, 'video/mp4');
const INDEXING = /^\/v1\.3\/indexes\/[^/]+\/indexed-assets$/;
const POSTED = { method: 'POST', path: '/v1.3/indexes/*/indexed-assets' };

async function upload(content: string | Uint8Array<ArrayBuffer>, name: string): Promise<string> {
  const file = new File([content], name, { type: 'video/mp4' });
  return (await client().assets.create({ method: 'direct', file }))._id;
}

describe('indexing an asset', () => {
  it('waits for the asset, and until it can be searched', async () => {
    const asset_id = await upload(await readFile(sampleVideo), 'video.mp4');
    const seen: IndexedAsset[] = [];
    const indexed = await client().indexedAssets.create(
      await indexId(),
      { asset_id, user_metadata: { season: 2 } },
      { waitUntilReady: wait, onIndexedAsset: (each) => seen.push(each) },
    );
    expect(indexed).toMatchObject({ asset_id, status: 'ready', user_metadata: { season: 2 } });
    expect(seen).toMatchObject([{ _id: indexed._id }]);
  });

  it('indexes an asset once, also when two calls ask for it at the same time', async () => {
    const [index_id, { _id: asset_id }] = [await indexId(), await asset()];
    const indexed = await Promise.all(
      Array.from({ length: 4 }, () => client().indexedAssets.create(index_id, { asset_id })),
    );
    expect(new Set(indexed.map(({ _id }) => _id)).size).toBe(1);
    expect(platform.arrived('POST', INDEXING)).toBe(1);
  });

  it('indexes an asset again that has left the index since it was listed there', async () => {
    const [index_id, { _id: asset_id }] = [await indexId(), await asset()];
    const { _id } = await client().indexedAssets.create(index_id, { asset_id });
    const gone = { code: 'resource_not_exist', message: 'It is gone.' };
    platform.emulator.addFaults([
      {
        match: { method: 'GET', path: '/v1.3/indexes/*/indexed-assets/*' },
        action: { type: 'respond', status: 404, body: gone },
      },
    ]);
    expect((await client().indexedAssets.create(index_id, { asset_id }))._id).not.toBe(_id);
  });

  it('in another index is another indexed asset', async () => {
    const { _id: asset_id } = await asset();
    const one = await client().indexedAssets.create(await indexId(), { asset_id });
    const other = (await client().indexes.create({ index_name: 'other' }))._id;
    const two = await client().indexedAssets.create(other, { asset_id });
    expect(two._id).not.toBe(one._id);
  });

  it('whose answer is lost is found where the asset is indexed', async () => {
    const [index_id, { _id: asset_id }] = [await indexId(), await asset()];
    platform.emulator.addFaults([{ match: POSTED, action: { type: 'reset', at: 'after-stored' } }]);
    const indexed = await client().indexedAssets.create(index_id, { asset_id });
    expect((await client().indexedAssets.list(index_id)).data).toMatchObject([{ _id: indexed._id }]);
    expect(platform.arrived('POST', INDEXING)).toBe(1);
  });

  it('that cannot be found is uncertain, and not sent again', async () => {
    const [index_id, { _id: asset_id }] = [await indexId(), await asset()];
    platform.emulator.addFaults([{ match: POSTED, action: { type: 'respond', status: 500 } }]);
    const { client: quick } = platform.account();
    const indexing = quick.call(createIndexedAsset, { index_id, asset_id });
    await expect(indexing).rejects.toMatchObject({ code: 'uncertain_outcome' });
    expect(platform.arrived('POST', INDEXING)).toBe(1);
  });

  it('of an asset that failed reports the reason, and indexes nothing', async () => {
    const asset_id = await upload('words', 'renamed.mp4');
    const indexing = client().indexedAssets.create(await indexId(), { asset_id });
    await expect(indexing).rejects.toMatchObject({ code: 'asset_failed' });
    expect(platform.arrived('POST', INDEXING)).toBe(0);
  });

  it('that failed carries its id and what is known of the requirements', async () => {
    const { _id: asset_id } = await platform.asset(sampleImage, 'image/jpeg');
    const indexing = client().indexedAssets.create(await indexId(), { asset_id }, { waitUntilReady: wait });
    await expect(indexing).rejects.toMatchObject({
      code: 'resource_failed',
      resource: 'indexed_asset',
      id: expect.any(String),
      reason: expect.any(String),
      hint: expect.stringMatching(
        /^This asset misses what embeddings by the same model require: kind is image \(required: video or audio\).* The requirements of search/,
      ),
    });
    // It may be tried again.
    await client().indexedAssets.create(await indexId(), { asset_id });
    expect(platform.arrived('POST', INDEXING)).toBe(2);
  });

  it('that takes too long carries its id', async () => {
    const [index_id, { _id: asset_id }] = [await indexId(), await asset()];
    const { _id } = await client().indexedAssets.create(index_id, { asset_id });
    const body = { _id, asset_id, status: 'indexing' };
    platform.emulator.addFaults([
      {
        match: { method: 'GET', path: '/v1.3/indexes/*/indexed-assets/*', times: 'always' },
        action: { type: 'respond', status: 200, body },
      },
    ]);
    const waiting = platform.account().client.indexedAssets.waitUntilReady(index_id, _id, { maxWait: 5_000 });
    await expect(waiting).rejects.toMatchObject({ code: 'timeout', kind: 'wait', id: _id });
  });
});

describe('a video without sound', () => {
  it('has no transcript, and is found by what is seen only', async () => {
    const index_id = await indexId();
    const asset_id = await upload(withoutSound(await readFile(sampleVideo)), 'silent.mp4');
    const { indexedAssets, search, analysis } = client();
    const { _id } = await indexedAssets.create(index_id, { asset_id }, { waitUntilReady: wait });
    const items = await indexedAssets.transcript(index_id, _id);
    expect([items, formatSrt(items), formatWebVtt(items)]).toEqual([[], '', 'WEBVTT\n']);
    const found = async (option: string) =>
      (await search.query({ index_id, search_options: [option], query_text: 'silent' })).data.length;
    expect([await found('visual'), await found('audio')]).toEqual([1, 0]);
    const video = { type: 'asset_id', asset_id } as const;
    expect((await analysis.analyze({ video, prompt: 'x' })).data).toContain('without sound');
  });
});

/** The same video, in which the track of the sound is a box that means nothing. Source: ISO 14496-12, 8.1.2. */
function withoutSound(video: Buffer): Uint8Array<ArrayBuffer> {
  const silent = new Uint8Array(video);
  silent.set(Buffer.from('free'), video.lastIndexOf('trak', video.indexOf('soun')));
  return silent;
}

describe('an indexed asset', () => {
  it('is listed, changed, and taken out of its index; the asset stays', async () => {
    const [index_id, { _id: asset_id }] = [await indexId(), await asset()];
    const { indexedAssets, assets } = client();
    const { _id } = await indexedAssets.create(index_id, { asset_id }, { waitUntilReady: wait });
    await indexedAssets.update(index_id, _id, { user_metadata: { season: 3 } });
    expect(await indexedAssets.retrieve(index_id, _id)).toMatchObject({ user_metadata: { season: 3 } });
    const listed = await indexedAssets.list(index_id, { status: ['ready'], duration: { gte: 1, lte: 60 } });
    expect(listed.data).toMatchObject([{ _id }]);
    expect((await indexedAssets.list(index_id, { duration: { gte: 60 } })).data).toEqual([]);
    const ids: string[] = [];
    for await (const each of indexedAssets.listAll(index_id)) ids.push(each._id);
    expect(ids).toEqual([_id]);
    await indexedAssets.delete(index_id, _id);
    expect(await assets.retrieve(asset_id)).toMatchObject({ status: 'ready' });
  });

  it('gives what is spoken, and its embeddings when they are asked for', async () => {
    const [index_id, { _id: asset_id }] = [await indexId(), await asset()];
    const { indexedAssets } = client();
    const { _id } = await indexedAssets.create(index_id, { asset_id }, { waitUntilReady: wait });
    const items = await indexedAssets.transcript(index_id, _id);
    expect(items[0]).toEqual({
      start: expect.any(Number),
      end: expect.any(Number),
      value: expect.any(String),
    });
    const detailed = await indexedAssets.retrieve(index_id, _id, { embedding_option: ['visual', 'audio'] });
    expect(detailed.embedding).toHaveProperty('video_embedding');
    expect(await indexedAssets.retrieve(index_id, _id)).not.toHaveProperty('transcription');
  });
});

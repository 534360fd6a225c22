import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { setUp } from './support/run.ts';

const { emulator, run, rest, credential } = await setUp();
const byId = (value: unknown) => ({ mode: 'id', value });
const paths = () => emulator.requests().map(({ method, path }) => `${method} ${path}`);

/** A video that can be searched, in an index of the name. */
async function library(indexName: string) {
  const add = { resource: 'indexedAsset', operation: 'create', source: 'file' };
  const metadata = { pairs: [{ key: 'place', value: 'park' }] };
  const indexId = { mode: 'name', value: indexName };
  const { json, error } = await run({ ...add, indexId, options: { metadata } }, [{ path: sampleVideo }]);
  expect(error).toBeUndefined();
  const [index] = (await run({ resource: 'index', operation: 'getAll' })).json;
  return { indexed: json[0], index: byId(index?._id) };
}

/** What the editor offers in a "From List". */
async function choices(methodName: string, path: string, current: object): Promise<string[]> {
  const { results } = await rest.post<{ results: { name: string }[] }>(
    '/rest/dynamic-node-parameters/resource-locator-results',
    {
      nodeTypeAndVersion: { name: 'n8n-nodes-twelvelabs.twelveLabs', version: 1 },
      path: `parameters.${path}`,
      methodName,
      currentNodeParameters: current,
      credentials: { twelveLabsApi: credential },
    },
  );
  return results.map(({ name }) => name);
}

describe('Index and Indexed Asset', () => {
  it('makes an asset searchable, once, and removes all of it again', async () => {
    const [made] = (await run({ waitUntilReady: true }, [{ path: sampleVideo }])).json;
    const create = { resource: 'index', operation: 'create', indexName: 'library' };
    const [index] = (await run(create)).json;
    expect(index).toMatchObject({ index_name: 'library' });
    expect((await run(create)).json[0]?._id).toBe(index?._id);
    const of = { resource: 'indexedAsset', indexId: byId(index?._id) };
    const add = { ...of, operation: 'create', assetId: byId(made?._id) };
    const { json, error } = await run(add);
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ status: 'ready', asset_id: made?._id }]);
    expect((await run(add)).json[0]?._id).toBe(json[0]?._id);
    expect(paths().filter((path) => /^POST .*\/indexed-assets$/.test(path))).toHaveLength(1);

    const indexed = { ...of, indexedAssetId: byId(json[0]?._id) };
    expect((await run({ ...indexed, operation: 'get' })).json).toMatchObject([{ _id: json[0]?._id }]);
    expect((await run({ ...of, operation: 'getAll' })).json).toHaveLength(1);
    expect((await run({ ...indexed, operation: 'delete' })).json).toMatchObject([{ deleted: true }]);
    expect((await run({ ...of, operation: 'getAll' })).json).toEqual([]);

    const renamed = {
      resource: 'index',
      operation: 'update',
      indexId: byId(index?._id),
      indexName: 'archive',
    };
    expect((await run(renamed)).json).toMatchObject([{ index_name: 'archive' }]);
    expect((await run({ resource: 'index', operation: 'getAll' })).json).toHaveLength(1);
    await run({ resource: 'index', operation: 'delete', indexId: byId(index?._id) });
    expect((await run({ resource: 'index', operation: 'getAll' })).json).toEqual([]);
  });

  it('adds a file in one step, to an index that is created by its name', async () => {
    const { indexed, index } = await library('by-name');
    expect(indexed).toMatchObject({ status: 'ready', user_metadata: { place: 'park' } });
    expect((await library('by-name')).index).toEqual(index);
    const url = `${emulator.url}/samples/video.mp4`;
    const linked = { resource: 'indexedAsset', operation: 'create', source: 'url', url, indexId: index };
    expect((await run(linked)).json).toMatchObject([{ status: 'ready' }]);
  });

  it('reports what is wrong before it uploads or creates anything', async () => {
    const add = { resource: 'indexedAsset', operation: 'create', source: 'file', waitUntilReady: 'yes' };
    const options = { metadata: { json: [{ json: '{"a": {}}' }] } };
    const indexId = { mode: 'name', value: 'new' };
    const { error } = await run({ ...add, indexId, options }, [{ path: sampleVideo }]);
    expect(error?.message).toMatch(/Wait Until Ready: must be true or false/);
    expect(error?.message).toMatch(/Metadata\.a: must be/);
    expect(emulator.requests()).toEqual([]);
  });

  it('gives what is spoken as items, text or subtitles', async () => {
    const { indexed, index } = await library('speech');
    const of = { resource: 'indexedAsset', operation: 'getTranscript', indexId: index };
    const transcript = async (format: string) => {
      const ran = await run({ ...of, indexedAssetId: byId(indexed?._id), format });
      expect(ran.error).toBeUndefined();
      return ran.items;
    };
    const parts = await transcript('items');
    expect(parts[0]?.json).toMatchObject({ start: 0, end: 5, value: expect.any(String) });
    expect(await transcript('text')).toMatchObject([{ json: { text: parts[0]?.json.value } }]);
    for (const [format, mimeType] of [
      ['srt', 'application/x-subrip'],
      ['vtt', 'text/vtt'],
    ] as const) {
      const [item] = await transcript(format);
      expect(item?.binary?.data).toMatchObject({ mimeType, fileName: `${indexed?._id}.${format}` });
    }
  });

  it('changes the metadata of an indexed asset, and keeps the others', async () => {
    const { indexed, index } = await library('labels');
    const of = { resource: 'indexedAsset', indexId: index, indexedAssetId: byId(indexed?._id) };
    const metadata = { pairs: [{ key: 'year', value: '2026' }] };
    const update = { ...of, operation: 'updateMetadata', metadata };
    expect((await run(update)).json).toMatchObject([{ user_metadata: { place: 'park', year: '2026' } }]);
    const removed = { ...of, operation: 'updateMetadata', metadata: { json: [{ json: '{"place": null}' }] } };
    expect((await run(removed)).json[0]?.user_metadata).toEqual({ year: '2026' });
  });

  it('says what there is none of', async () => {
    const { error } = await run({ resource: 'index', operation: 'get', indexId: byId('0'.repeat(24)) });
    expect(error?.message).toBe('TwelveLabs found no index with this ID');
  });

  it('offers indexes, and the assets in the chosen one', async () => {
    const { index } = await library('to-choose-from');
    const get = { resource: 'indexedAsset', operation: 'get', indexId: { __rl: true, ...index } };
    expect(await choices('searchIndexes', 'indexId', get)).toEqual(['to-choose-from']);
    expect(await choices('searchIndexedAssets', 'indexedAssetId', get)).toEqual(['video.mp4']);
  });
});

describe('Search', () => {
  const query = { resource: 'search', operation: 'query' };

  it('finds clips by text and by images of the input or a URL, with their asset', async () => {
    const { index, indexed } = await library('library');
    const of = { ...query, indexId: index };
    const byText = await run({ ...of, queryText: 'video', limit: 5 });
    expect(byText.error).toBeUndefined();
    expect(byText.json[0]).toMatchObject({
      asset_id: indexed?.asset_id,
      filename: 'video.mp4',
      start: expect.any(Number),
      end: expect.any(Number),
    });
    expect((await run({ ...of, queryText: 'video', limit: 1 })).json).toHaveLength(1);
    const byImage = { ...of, searchBy: 'file' };
    expect((await run(byImage, [{ path: sampleImage }])).error).toBeUndefined();
    const both = await run({ ...byImage, queryText: 'video' }, [{ path: sampleImage }]);
    expect(both.error).toBeUndefined();
    const search = emulator.requests().findLast(({ path }) => path === '/v1.3/search');
    expect(search?.form?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['query_text', 'query_media_type', 'query_media_file']),
    );
    const imageUrl = `${emulator.url}/samples/image.jpg`;
    expect((await run({ ...of, searchBy: 'url', imageUrl })).error).toBeUndefined();
    expect((await run(of)).error?.message).toMatch(/^Text: is required: a text, an image, or both/);
  });

  it('returns all clips, over several pages', async () => {
    const { index, indexed } = await library('large');
    // The same video again and again: it has one clip.
    for (let count = 1; count < 60; count++) {
      await fetch(`${emulator.baseUrl}/indexes/${index.value}/indexed-assets`, {
        method: 'POST',
        headers: { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' },
        body: JSON.stringify({ asset_id: indexed?.asset_id }),
      });
    }
    await emulator.settled();
    const clips = { ...query, indexId: index, queryText: 'video' };
    const { items, error } = await run({ ...clips, returnAll: true });
    expect(error).toBeUndefined();
    expect(new Set(items.map(({ json }) => json.video_id)).size).toBe(60);
    expect(items.map(({ json, pairedItem }) => [json.rank, pairedItem])).toEqual(
      items.map((_, index) => [index + 1, { item: 0 }]),
    );
    expect((await run(clips)).items).toHaveLength(50);
  });

  it('filters by conditions of the form, and by JSON', async () => {
    const { index } = await library('filtered');
    const count = async (filters: object[], filterJson = '{}') => {
      const listed = { filters: { condition: filters }, options: { filterJson } };
      const { json, error } = await run({ ...query, indexId: index, queryText: 'video', ...listed });
      return error ? error.message : json.length > 0;
    };
    const long = { name: 'duration', condition: 'atLeast', value: '4' };
    expect(await count([long, { name: 'duration', condition: 'atMost', value: 60 }])).toBe(true);
    expect(await count([{ name: 'duration', condition: 'atLeast', value: 60 }])).toBe(false);
    expect(await count([{ name: 'place', condition: 'equals', value: 'park' }])).toBe(true);
    expect(await count([{ name: 'place', condition: 'isTrue' }])).toBe(false);
    expect(await count([long], '{"place": "sea"}')).toBe(false);
    const before = emulator.requests().length;
    expect(await count([{ ...long, value: 'long' }])).toMatch(/^Filters\.duration: must be a number/);
    expect(await count([long, { ...long, condition: 'equals' }])).toMatch(
      /^Filters\.duration: has conditions/,
    );
    expect(emulator.requests()).toHaveLength(before);
  });

  it('says that there is no such index', async () => {
    const { error } = await run({ ...query, indexId: byId('0'.repeat(24)), queryText: 'video' });
    expect(error?.message).toMatch(/no index with this ID|index/);
  });
});

describe('Embedding', () => {
  const create = { resource: 'embedding', operation: 'create' };

  it('turns text, files and assets into vectors, one item each', async () => {
    const [image] = (await run({ waitUntilReady: true }, [{ path: sampleImage }])).json;
    const text = await run({ ...create, text: 'a dog' });
    expect(text.json).toMatchObject([{ embedding: expect.any(Array) }]);
    expect(text.json[0]?.embedding).toHaveLength(512);
    const both = { ...create, inputType: 'text_image', text: 'a dog' };
    for (const parameters of [{ ...create, inputType: 'image' }, both]) {
      const asset = await run({ ...parameters, assetId: byId(image?._id) });
      expect(asset.error).toBeUndefined();
      expect(asset.json).toHaveLength(1);
      const file = await run({ ...parameters, source: 'file' }, [{ path: sampleImage }]);
      expect(file.error).toBeUndefined();
      expect(file.json).toHaveLength(1);
    }
  });

  it.each([false, true])('has the times of a video in each item (long: %s)', async (isLong) => {
    const [video] = (await run({ waitUntilReady: true }, [{ path: sampleVideo }])).json;
    const options = { scope: ['clip'], vectorsOf: ['visual'] };
    const parameters = { ...create, inputType: 'video', assetId: byId(video?._id), isLong, options };
    const { json, error } = await run(parameters);
    expect(error).toBeUndefined();
    expect(json[0]).toMatchObject({ start_sec: 0, end_sec: expect.any(Number), embedding_scope: 'clip' });
  });

  it('names the field that is wrong', async () => {
    const parameters = { ...create, inputType: 'video', source: 'url', url: 'ftp://example.com/a.mp4' };
    expect((await run(parameters)).error?.message).toMatch(/^URL: /);
  });
});

describe('Entity', () => {
  it('is created from images of the input, in a collection that is created with it', async () => {
    const collectionId = { mode: 'name', value: 'team' };
    const create = { resource: 'entity', operation: 'create', collectionId, entityName: 'Ada' };
    const { json, error } = await run(create, [{ path: sampleImage }]);
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ name: 'Ada', status: 'ready', asset_ids: [expect.any(String)] }]);
    const [image] = (await run({ waitUntilReady: true }, [{ path: sampleImage }])).json;
    const second = { ...create, images: 'assets', assetIds: image?._id, entityName: 'Bob' };
    expect((await run(second)).json).toMatchObject([{ asset_ids: [image?._id] }]);

    const collection = byId(json[0]?.entity_collection_id);
    const of = { resource: 'entity', collectionId: collection };
    const one = { ...of, entityId: byId(json[0]?._id) };
    const added = await run({ ...one, operation: 'addImages' }, [{ path: sampleImage }]);
    expect(added.error).toBeUndefined();
    expect(added.json[0]?.asset_ids).toHaveLength(2);
    const filters = { entityName: 'Ada' };
    expect((await run({ ...of, operation: 'getAll', filters })).json).toMatchObject([{ _id: json[0]?._id }]);
    expect((await run({ ...one, operation: 'get' })).json).toMatchObject([{ name: 'Ada' }]);
    const form = { ...of, operation: 'get', collectionId: { __rl: true, ...collection } };
    expect(await choices('searchCollections', 'collectionId', form)).toEqual(['team']);
    expect((await choices('searchEntities', 'entityId', form)).sort()).toEqual(['Ada', 'Bob']);
    expect((await run({ ...one, operation: 'delete' })).json).toMatchObject([{ deleted: true }]);
    expect((await run({ ...of, operation: 'getAll' })).json).toHaveLength(1);
  });

  it('gets the images that an earlier run has uploaded with the same key', async () => {
    const collectionId = { mode: 'name', value: 'team' };
    const create = { resource: 'entity', operation: 'create', collectionId, options: { once: 'ada' } };
    const first = await run({ ...create, entityName: 'Ada' }, [{ path: sampleImage }]);
    expect(first.error).toBeUndefined();
    const again = await run({ ...create, entityName: 'Bob' }, [{ path: sampleImage }]);
    expect(again.json[0]?.asset_ids).toEqual(first.json[0]?.asset_ids);
    const of = {
      collectionId: byId(first.json[0]?.entity_collection_id),
      entityId: byId(first.json[0]?._id),
    };
    const more = { resource: 'entity', operation: 'addImages', ...of, options: { once: 'ada' } };
    expect((await run(more, [{ path: sampleImage }])).json[0]?.asset_ids).toEqual(first.json[0]?.asset_ids);
    expect(
      paths().filter((path) => /^POST .*\/assets$/.test(path) && !path.includes('entities')),
    ).toHaveLength(1);
  });

  it('reports what is missing before it uploads or creates anything', async () => {
    const collectionId = { mode: 'name', value: 'team' };
    const create = { resource: 'entity', operation: 'create', collectionId, entityName: 'Ada' };
    const { error } = await run({ ...create, binaryPropertyNames: 'front, data' }, [{ path: sampleImage }]);
    expect(error?.message).toMatch(/^Input Binary Fields: there is no binary field "front"/);
    expect(emulator.requests()).toEqual([]);
  });
});

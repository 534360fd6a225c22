import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { setUp } from './support/run.ts';

const { emulator, run } = await setUp();
const byId = (value: unknown) => ({ mode: 'id', value });
const paths = () => emulator.requests().map(({ method, path }) => `${method} ${path}`);

describe('Analysis: Analyze a Video', () => {
  const analyze = { resource: 'analysis', operation: 'analyze' };

  it('summarizes a file with no setting at all: uploads, waits and asks', async () => {
    const { json, error } = await run(analyze, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    const [asset] = (await run({ operation: 'getAll' })).json;
    expect(json).toMatchObject([{ answer: expect.stringMatching(/./), asset_id: asset?._id }]);
  });

  it('answers a question as JSON, and deletes the uploaded asset when asked to', async () => {
    const parameters = {
      ...analyze,
      question: 'custom',
      prompt: 'Is this an advertisement?',
      answerAs: 'json',
      options: { deleteAsset: true, temperature: 0 },
    };
    const { json, error } = await run(parameters, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ answer: { verdict: expect.stringMatching(/^(pass|fail)$/) } }]);
    expect((await run({ operation: 'getAll' })).json).toEqual([]);
  });

  it('asks about an asset, and about a URL', async () => {
    const [made] = (await run({ waitUntilReady: true }, [{ path: sampleVideo }])).json;
    const question = { question: 'custom', prompt: 'What happens?' };
    const asset = await run({ ...analyze, source: 'asset', assetId: byId(made?._id), ...question });
    expect(asset.json).toMatchObject([{ answer: expect.any(String), asset_id: made?._id }]);
    const url = `${emulator.url}/samples/video.mp4`;
    const linked = await run({ ...analyze, source: 'url', url, ...question });
    expect(linked.error).toBeUndefined();
    expect(linked.json).toMatchObject([{ answer: expect.any(String) }]);
  });

  it('reports what is wrong with the question before it uploads anything', async () => {
    const parameters = {
      ...analyze,
      question: 'custom',
      prompt: 'Why?',
      answerAs: 'json',
      jsonSchema: '{"type": "object", "properties": {"a": {"type": "string", "minLength": 3}}}',
      options: { temperature: 7 },
    };
    const { error } = await run(parameters, [{ path: sampleVideo }]);
    expect(error?.message).toMatch(/JSON Schema/);
    expect(error?.message).toMatch(/Temperature: must be from 0 to 1/);
    expect(emulator.requests()).toEqual([]);
  });
});

describe('Index and Indexed Asset', () => {
  it('makes an asset searchable, once, and removes all of it again', async () => {
    const [made] = (await run({ waitUntilReady: true }, [{ path: sampleVideo }])).json;
    const create = { resource: 'index', operation: 'create', indexName: 'library' };
    const [index] = (await run(create)).json;
    expect((await run(create)).json[0]?._id).toBe(index?._id);
    const of = { resource: 'indexedAsset', indexId: byId(index?._id) };
    const add = { ...of, operation: 'create', assetId: byId(made?._id) };
    const { json, error } = await run(add);
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ status: 'ready', asset_id: made?._id }]);
    expect((await run(add)).json[0]?._id).toBe(json[0]?._id);
    expect(paths().filter((path) => /^POST .*\/indexed-assets$/.test(path))).toHaveLength(1);

    const indexed = { ...of, indexedAssetId: json[0]?._id };
    expect((await run({ ...indexed, operation: 'get' })).json).toMatchObject([{ _id: json[0]?._id }]);
    expect((await run({ ...of, operation: 'getAll' })).json).toHaveLength(1);
    const transcript = await run({ ...indexed, operation: 'getTranscript' });
    expect(transcript.error).toBeUndefined();
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
});

describe('Search, Embedding and Entity', () => {
  it('finds clips by text and by image, with their asset', async () => {
    const [made] = (await run({ waitUntilReady: true }, [{ path: sampleVideo }])).json;
    const [index] = (await run({ resource: 'index', operation: 'create', indexName: 'library' })).json;
    const of = { indexId: byId(index?._id) };
    await run({ ...of, resource: 'indexedAsset', operation: 'create', assetId: byId(made?._id) });
    const query = { ...of, resource: 'search', operation: 'query' };
    const byText = await run({ ...query, queryText: 'video', limit: 5 });
    expect(byText.error).toBeUndefined();
    expect(byText.json[0]).toMatchObject({ asset_id: made?._id, start: expect.any(Number) });
    const byImage = await run({ ...query, searchBy: 'file' }, [{ path: sampleImage }]);
    expect(byImage.error).toBeUndefined();
    const { error } = await run(query);
    expect(error?.message).toMatch(/^Text: is required: a text, an image, or both/);
  });

  it('turns text and an asset into vectors, one item each', async () => {
    const [image] = (await run({ waitUntilReady: true }, [{ path: sampleImage }])).json;
    const create = { resource: 'embedding', operation: 'create' };
    const text = await run({ ...create, text: 'a dog' });
    expect(text.json).toMatchObject([{ embedding: expect.any(Array) }]);
    const asset = await run({ ...create, inputType: 'image', assetId: byId(image?._id) });
    expect(asset.error).toBeUndefined();
    expect(asset.json).toMatchObject([{ embedding: expect.any(Array) }]);
  });

  it('creates an entity from images, in a collection that is created with it', async () => {
    const [image] = (await run({ waitUntilReady: true }, [{ path: sampleImage }])).json;
    const create = { resource: 'entity', operation: 'create', collectionName: 'team', entityName: 'Ada' };
    const { json, error } = await run({ ...create, assetIds: image?._id });
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ name: 'Ada', status: 'ready' }]);
    const of = { resource: 'entity', collectionId: byId(json[0]?.entity_collection_id) };
    expect((await run({ ...of, operation: 'getAll' })).json).toMatchObject([{ _id: json[0]?._id }]);
    expect((await run({ ...of, operation: 'get', entityId: json[0]?._id })).json).toHaveLength(1);
    await run({ ...of, operation: 'delete', entityId: json[0]?._id });
    expect((await run({ ...of, operation: 'getAll' })).json).toEqual([]);
  });
});

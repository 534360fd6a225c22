import { createReadStream, readFileSync } from 'node:fs';
import { TwelveLabs } from 'twelvelabs-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Emulator } from '../src/index.ts';
import { sampleImage, sampleVideo } from '../src/samples.ts';
import { emulate } from './helpers.ts';

// The official SDK, unmodified. It reads its base URL from the variable that its users set.

let emulator: Emulator;
let client: TwelveLabs;

beforeEach(async () => {
  emulator = await emulate({ processingMs: 600_000 });
  vi.stubEnv('TWELVELABS_BASE_URL', emulator.baseUrl);
  client = new TwelveLabs({ apiKey: emulator.apiKey });
});

afterEach(() => vi.unstubAllEnvs());

/** Has all that is being processed done, by the emulator's clock. */
async function finish(): Promise<void> {
  emulator.advanceClock(600_000);
  await emulator.settled();
}

async function createAsset(path: string, filename: string): Promise<string> {
  const { id = '' } = await client.assets.create({
    method: 'direct',
    file: createReadStream(path),
    filename,
  });
  await finish();
  return id;
}

async function createIndex(): Promise<string> {
  const { id = '' } = await client.indexes.create({
    indexName: 'mine',
    models: [{ modelName: 'marengo3.0', modelOptions: ['visual', 'audio'] }],
  });
  return id;
}

test('indexes and indexed assets', async () => {
  const indexId = await createIndex();
  await client.indexes.update(indexId, { indexName: 'renamed' });
  expect(await client.indexes.retrieve(indexId)).toMatchObject({ indexName: 'renamed', videoCount: 0 });
  expect((await client.indexes.list({ indexName: 'renamed' })).data).toMatchObject([{ id: indexId }]);

  const assetId = await createAsset(sampleVideo, 'park.mp4');
  const { id = '' } = await client.indexes.indexedAssets.create(indexId, {
    assetId,
    enableVideoStream: true,
    userMetadata: { scene: 'park' },
  });
  expect((await client.indexes.indexedAssets.retrieve(indexId, id)).status).not.toBe('ready');
  await finish();
  const indexed = await client.indexes.indexedAssets.retrieve(indexId, id, {
    transcription: true,
    embeddingOption: ['visual'],
  });
  expect(indexed).toMatchObject({
    status: 'ready',
    assetId,
    systemMetadata: { filename: 'park.mp4', duration: 5, width: 640, height: 480 },
    userMetadata: { scene: 'park' },
    transcription: [{ start: 0, end: 5, value: expect.stringContaining('made up') }],
  });
  expect(indexed.embedding?.videoEmbedding?.segments?.[0]?.float).toHaveLength(512);

  await client.indexes.indexedAssets.update(indexId, id, { userMetadata: { scene: 'beach' } });
  const found = await client.indexes.indexedAssets.list(indexId, {
    status: ['ready', 'failed'],
    duration: { gte: 5, lte: 5 },
    userMetadata: { scene: 'beach' },
  });
  expect(found.data).toMatchObject([{ id }]);
  expect((await client.indexes.indexedAssets.listByAsset(assetId)).data).toMatchObject([
    { id, index: { id: indexId, name: 'renamed' } },
  ]);
  await expect(client.assets.delete(assetId)).rejects.toMatchObject({ statusCode: 409 });
  await client.indexes.indexedAssets.delete(indexId, id);
  await client.indexes.delete(indexId);
  await expect(client.indexes.retrieve(indexId)).rejects.toMatchObject({ statusCode: 404 });
});

test('search by text, by image and by entity, page by page', async () => {
  const indexId = await createIndex();
  const ids: (string | undefined)[] = [];
  for (const name of ['red ball.mp4', 'blue ball.mp4', 'sea.mp4']) {
    const assetId = await createAsset(sampleVideo, name);
    ids.push((await client.indexes.indexedAssets.create(indexId, { assetId })).id);
  }
  await finish();
  const query = { indexId, searchOptions: ['visual' as const] };
  const pages = await client.search.query({ ...query, queryText: 'a blue ball', pageLimit: 1 });
  const found: (string | undefined)[] = [];
  for await (const { videoId } of pages) found.push(videoId);
  expect(found).toEqual([ids[1], ids[0]]);

  const image = new File([readFileSync(sampleImage)], 'sea.jpg', { type: 'image/jpeg' });
  const byImage = await client.search.create({ ...query, queryMediaType: 'image', queryMediaFile: image });
  expect(byImage.data?.map(({ videoId }) => videoId)).toEqual([ids[2]]);

  const assetId = await createAsset(sampleImage, 'ball.jpg');
  const { id: collection = '' } = await client.entityCollections.create({ name: 'Things' });
  const { id: entity } = await client.entityCollections.entities.create(collection, {
    name: 'Red',
    assetIds: [assetId],
  });
  await finish();
  const byEntity = await client.search.create({
    ...query,
    queryText: `<@${entity}> rolls`,
    groupBy: 'video',
    filter: JSON.stringify({ duration: { gte: 5 } }),
  });
  expect(byEntity.data).toMatchObject([{ id: ids[0], clips: [{ start: 0, end: 5, rank: 1 }] }, {}, {}]);
});

test('analysis at once, streamed and not', async () => {
  const assetId = await createAsset(sampleVideo, 'video.mp4');
  const question = { video: { type: 'asset_id' as const, assetId }, prompt: 'What?' };
  const answer = await client.analyze({ ...question, modelName: 'pegasus1.5' });
  expect(answer).toMatchObject({ finishReason: 'stop', data: expect.stringContaining('What?') });
  const texts: string[] = [];
  const events: string[] = [];
  for await (const event of await client.analyzeStream({ ...question, modelName: 'pegasus1.5' })) {
    events.push(event.eventType);
    if (event.eventType === 'text_generation') texts.push(event.text ?? '');
  }
  expect(events[0]).toBe('stream_start');
  expect(events.at(-1)).toBe('stream_end');
  expect(texts.join('')).toBe(answer.data);
});

test('analysis as a task, of either mode', async () => {
  const assetId = await createAsset(sampleVideo, 'video.mp4');
  const video = { type: 'asset_id' as const, assetId };
  const { tasks } = client.analyzeAsync;
  const { taskId } = await tasks.create({ modelName: 'pegasus1.5', video, prompt: 'What?', customId: 'a-1' });
  expect((await tasks.retrieve(taskId)).status).not.toBe('ready');
  const segments = await tasks.create({
    modelName: 'pegasus1.5',
    video,
    analysisMode: 'time_based_metadata',
    responseFormat: {
      type: 'segment_definitions',
      segmentDefinitions: [
        {
          id: 'scenes',
          description: 'Each scene',
          fields: [{ name: 'indoors', type: 'boolean', description: 'Whether it is indoors' }],
        },
      ],
    },
  });
  await finish();
  expect(await tasks.retrieve(taskId)).toMatchObject({
    status: 'ready',
    customId: 'a-1',
    result: { data: expect.stringContaining('What?'), finishReason: 'stop' },
  });
  const { result } = await tasks.retrieve(segments.taskId);
  expect(JSON.parse(result?.data ?? '')).toEqual({
    scenes: [{ start_time: 0, end_time: 5, metadata: { indoors: expect.any(Boolean) } }],
  });
  expect((await tasks.list({ status: 'ready' })).data).toHaveLength(2);
  await tasks.delete(taskId);
  await expect(tasks.retrieve(taskId)).rejects.toMatchObject({ statusCode: 404 });
});

test('embeddings at once and as a task', async () => {
  const assetId = await createAsset(sampleVideo, 'video.mp4');
  const { v2 } = client.embed;
  const text = await v2.create({
    inputType: 'text',
    modelName: 'marengo3.0',
    text: { inputText: 'a red ball' },
  });
  expect(text.data[0]?.embedding).toHaveLength(512);
  const video = { mediaSource: { assetId }, embeddingScope: ['asset' as const] };
  const atOnce = await v2.create({ inputType: 'video', modelName: 'marengo3.0', video });
  expect(atOnce.data.map(({ embeddingOption }) => embeddingOption)).toEqual([
    'visual',
    'audio',
    'transcription',
  ]);
  const { id } = await v2.tasks.create({ inputType: 'video', modelName: 'marengo3.0', video });
  expect(await v2.tasks.retrieve(id)).toMatchObject({ status: 'processing', data: undefined });
  await finish();
  expect(await v2.tasks.retrieve(id)).toMatchObject({ status: 'ready', data: atOnce.data });
  expect((await v2.tasks.list()).data).toMatchObject([{ id, status: 'ready' }]);
});

test('entity collections and entities', async () => {
  const [one, two] = [await createAsset(sampleImage, 'one.jpg'), await createAsset(sampleImage, 'two.jpg')];
  const { id = '' } = await client.entityCollections.create({ name: 'People' });
  await client.entityCollections.update(id, { description: 'All' });
  expect((await client.entityCollections.list({ name: 'People' })).data).toMatchObject([{ id }]);
  const { entities } = client.entityCollections;
  const created = await entities.create(id, { name: 'Ada', assetIds: [one], metadata: { role: 'host' } });
  expect(created).toMatchObject({ status: 'processing', entityCollectionId: id });
  const entityId = created.id ?? '';
  await finish();
  expect(await entities.retrieve(id, entityId)).toMatchObject({
    status: 'ready',
    metadata: { role: 'host' },
  });
  await entities.createAssets(id, entityId, { assetIds: [two] });
  const { assetIds } = await entities.deleteAssets(id, entityId, { assetIds: [one] });
  expect(assetIds).toEqual([two]);
  const bulk = await entities.createBulk(id, {
    entities: [
      { name: 'Ben', assetIds: [one] },
      { name: 'Cy', assetIds: ['0'.repeat(24)] },
    ],
  });
  expect(bulk).toMatchObject({ successCount: 1, failedCount: 1, errors: [{ entityName: 'Cy' }] });
  expect((await entities.list(id)).data).toHaveLength(2);
  expect((await entities.listByAsset(two)).data).toMatchObject([{ id: entityId }]);
  await entities.delete(id, entityId);
  await client.entityCollections.delete(id);
});

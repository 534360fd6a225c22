import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TwelveLabs } from 'twelvelabs-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Emulator } from '../src/index.ts';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';
import { emulate } from './helpers.ts';

// The official SDK, unmodified. It reads its base URL from the variable that its users set.

let emulator: Emulator;
let client: TwelveLabs;

beforeEach(async () => {
  emulator = await emulate({ chunkSize: 50_000, initialUploadUrls: 2 });
  vi.stubEnv('TWELVELABS_BASE_URL', emulator.baseUrl);
  client = new TwelveLabs({ apiKey: emulator.apiKey });
  // Its upload helper reports its progress on the console.
  for (const method of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation(() => undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('create from a stream, from a Blob and from a URL, retrieve, list, delete', async () => {
  const fromStream = await client.assets.create({
    method: 'direct',
    file: createReadStream(sampleVideo),
    filename: 'from stream.mp4',
    enableThumbnail: true,
    enableHls: true,
    userMetadata: JSON.stringify({ a: 1 }),
  });
  expect(fromStream).toMatchObject({ method: 'direct', status: 'processing', filename: 'from stream.mp4' });
  const blob = new Blob([readFileSync(sampleImage)], { type: 'image/jpeg' });
  const fromBlob = await client.assets.create({ method: 'direct', file: blob });
  const fromUrl = await client.assets.create({ method: 'url', url: `${emulator.url}/samples/audio.mp3` });
  await emulator.settled();

  const asset = await client.assets.retrieve(fromStream.id ?? '');
  expect(asset).toMatchObject({
    status: 'ready',
    duration: 5,
    fileType: 'video/mp4',
    userMetadata: { a: 1 },
  });
  expect(asset.createdAt).toBeInstanceOf(Date);

  const ids: (string | undefined)[] = [];
  for await (const item of await client.assets.list({ pageLimit: 2 })) ids.push(item.id);
  expect(ids).toEqual([fromUrl.id, fromBlob.id, fromStream.id]);
  const filtered = await client.assets.list({
    assetTypes: ['image', 'audio'],
    assetIds: [fromBlob.id ?? ''],
  });
  expect(filtered.data.map((item) => item.id)).toEqual([fromBlob.id]);

  await client.assets.delete(fromStream.id ?? '', { force: true });
  await expect(client.assets.retrieve(fromStream.id ?? '')).rejects.toMatchObject({ statusCode: 404 });
});

test('user metadata, references, entities and the transcription that there is none of', async () => {
  const { id = '' } = await client.assets.create({ method: 'direct', file: createReadStream(sampleImage) });
  await client.assets.replaceUserMetadata(id, { userMetadata: { a: 1, b: 'x' } });
  await client.assets.updateUserMetadata(id, { userMetadata: { b: null, c: true } });
  expect((await client.assets.retrieve(id)).userMetadata).toEqual({ a: 1, c: true });
  await client.assets.deleteUserMetadata(id);
  expect((await client.assets.retrieve(id)).userMetadata).toBeUndefined();
  expect((await client.indexes.indexedAssets.listByAsset(id)).data).toEqual([]);
  expect((await client.entityCollections.entities.listByAsset(id)).data).toEqual([]);
  await expect(
    client.assets.retrieveTranscription(id, { include: ['words', 'utterances'] }),
  ).rejects.toMatchObject({
    statusCode: 404,
  });
});

test('its upload helper sends a file in chunks, asking for more URLs on the way', async () => {
  const uploaded = await client.multipartUpload.uploadFile(sampleVideo, {
    batchSize: 3,
    filename: 'by helper.mp4',
  });
  expect(uploaded).toEqual({
    assetId: expect.stringMatching(/^[0-9a-f]{24}$/),
    assetUrl: expect.stringMatching(/^http/),
  });
  await emulator.settled();
  const asset = await client.assets.retrieve(uploaded.assetId);
  expect(asset).toMatchObject({
    method: 'multipart',
    status: 'ready',
    filename: 'by helper.mp4',
    duration: 5,
  });
  const paths = emulator.requests().map((entry) => entry.path.split('/').at(-1));
  expect(paths).toContain('presigned-urls');
  expect(emulator.requests().some((entry) => entry.path.startsWith('/storage') && entry.has_api_key)).toBe(
    false,
  );
});

test('the calls below the helper: create, list incomplete, URLs, status, report, wait', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-sdk-'));
  try {
    const file = join(folder, 'a.mp3');
    writeFileSync(file, readFileSync(sampleAudio));
    const session = await client.multipartUpload.create({
      filename: 'a.mp3',
      type: 'audio',
      totalSize: 24_496,
    });
    const uploadId = session.uploadId ?? '';
    const incomplete = await client.multipartUpload.listIncompleteUploads();
    expect(incomplete.data.map((upload) => upload.uploadId)).toEqual([uploadId]);
    const more = await client.multipartUpload.getAdditionalPresignedUrls(uploadId, { start: 1, count: 1 });
    const response = await fetch(more.uploadUrls?.[0]?.url ?? '', {
      method: 'PUT',
      headers: session.uploadHeaders ?? {},
      body: readFileSync(file),
    });
    const report = await client.multipartUpload.reportChunkBatch(uploadId, {
      completedChunks: [
        { chunkIndex: 1, proof: response.headers.get('etag') ?? '', proofType: 'etag', chunkSize: 24_496 },
      ],
    });
    expect(report).toMatchObject({ totalCompleted: 1, assetId: session.assetId });
    const status = await client.multipartUpload.getStatus(uploadId);
    expect(status.data).toEqual([expect.objectContaining({ index: 1, status: 'completed' })]);
    const waited = await client.multipartUpload.waitForUploadCompletion(uploadId);
    expect(waited).toMatchObject({ status: 'completed', totalChunks: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Emulator } from '../src/index.ts';
import { sampleVideo } from '../src/samples.ts';
import { type Answer, call, emulate } from './helpers.ts';

const hour = 3_600_000;
const video = readFileSync(sampleVideo) as Uint8Array<ArrayBuffer>;
const chunkSize = 50_000;

function open(emulator: Emulator, fields: object = {}): Promise<Answer> {
  return call(emulator, 'POST', '/assets/multipart-uploads', {
    filename: 'video.mp4',
    type: 'video',
    total_size: video.length,
    ...fields,
  });
}

function put(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/octet-stream', ...headers },
  });
}

const chunk = (index: number) => video.subarray((index - 1) * chunkSize, index * chunkSize);
const md5 = (data: Uint8Array) => createHash('md5').update(data).digest('hex');
const proof = (index: number, etag = md5(chunk(index))) => ({
  chunk_index: index,
  proof: etag,
  proof_type: 'etag',
  chunk_size: chunk(index).length,
});

test('a file in chunks, in any order and in batches, becomes an asset', async () => {
  const emulator = await emulate({ chunkSize });
  const { status, body } = await open(emulator, { user_metadata: { a: 1 } });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    chunk_size: chunkSize,
    total_chunks: 4,
    upload_headers: { 'Content-Type': 'application/octet-stream' },
  });
  const path = `/assets/multipart-uploads/${body.upload_id}`;
  expect(body.upload_urls.map((url: { chunk_index: number }) => url.chunk_index)).toEqual([1, 2, 3, 4]);

  for (const index of [4, 2, 1, 3]) {
    const response = await put(body.upload_urls[index - 1].url, chunk(index));
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe(`"${md5(chunk(index))}"`);
  }
  const early = await call(emulator, 'POST', path, { completed_chunks: [proof(4), proof(2), proof(2)] });
  expect(early.body).toEqual({
    asset_id: body.asset_id,
    processed_chunks: 2,
    duplicate_chunks: 1,
    total_completed: 2,
  });
  expect((await call(emulator, 'GET', path)).body).toMatchObject({
    status: 'active',
    chunks_completed: 2,
    chunks_pending: 2,
    chunks_failed: 0,
    uploaded_size: chunk(4).length + chunkSize,
    total_size: video.length,
  });
  const unfinished = {
    _id: body.asset_id,
    status: 'processing',
    method: 'multipart',
    user_metadata: { a: 1 },
  };
  expect((await call(emulator, 'GET', `/assets/${body.asset_id}`)).body).toMatchObject(unfinished);
  expect((await call(emulator, 'GET', '/assets')).body.data).toEqual([expect.objectContaining(unfinished)]);

  const last = await call(emulator, 'POST', path, {
    completed_chunks: [proof(1, `"${md5(chunk(1))}"`), proof(2), proof(3)],
  });
  expect(last.body).toMatchObject({
    processed_chunks: 2,
    duplicate_chunks: 1,
    total_completed: 4,
    url: expect.any(String),
  });
  expect((await call(emulator, 'GET', path)).body.status).toBe('completed');
  await emulator.settled();
  expect((await call(emulator, 'GET', `/assets/${body.asset_id}`)).body).toMatchObject({
    method: 'multipart',
    status: 'ready',
    file_type: 'video/mp4',
    size: video.length,
    user_metadata: { a: 1 },
  });
  expect(readFileSync(join(emulator.dataDir, 'files', body.asset_id)).equals(video)).toBe(true);
  expect(readdirSync(join(emulator.dataDir, 'chunks'))).toEqual([]);
  const again = await call(emulator, 'POST', path, { completed_chunks: [proof(1)] });
  expect(again.body).toMatchObject({ duplicate_chunks: 1, processed_chunks: 0, url: expect.any(String) });
});

test('the first URLs are limited and more can be had, 50 at once', async () => {
  const emulator = await emulate({ chunkSize: 1000, initialUploadUrls: 3 });
  const { body } = await open(emulator);
  expect(body.upload_urls).toHaveLength(3);
  const path = `/assets/multipart-uploads/${body.upload_id}/presigned-urls`;
  const more = await call(emulator, 'POST', path, { start: 4, count: 50 });
  expect(more.body).toMatchObject({ upload_id: body.upload_id, start_index: 4, count: 50 });
  expect(more.body.upload_urls.at(-1).chunk_index).toBe(53);
  for (const [request, field] of [
    [{ start: 1, count: 51 }, 'count'],
    [{ start: 0, count: 1 }, 'start'],
    [{ start: 181, count: 2 }, 'count'],
    [{ start: 1 }, 'count'],
  ] as const) {
    const refused = await call(emulator, 'POST', path, request);
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining(field) } });
  }
});

test('a presigned URL takes its chunk once, within the hour, of the right length, with its headers and no key', async () => {
  const emulator = await emulate({ chunkSize, uploadHeaders: { 'x-amz-meta-note': 'n' } });
  const { body } = await open(emulator);
  const [first, second, third] = body.upload_urls.map((chunkUrl: { url: string }) => chunkUrl.url);
  const headers = { 'x-amz-meta-note': 'n' };
  const refusals: [Response, number, string][] = [
    [await put(first, chunk(1)), 403, 'SignatureDoesNotMatch'],
    [await put(first, chunk(1), { ...headers, 'x-api-key': emulator.apiKey }), 400, 'InvalidRequest'],
    [await put(first, chunk(4), headers), 400, 'EntityTooSmall'],
    [await put(first, video, headers), 400, 'EntityTooLarge'],
    [await put(first.replace('/1?', '/2?'), chunk(2), headers), 403, 'SignatureDoesNotMatch'],
    [await put(first.replace(/=.*/, '=0'), chunk(1), headers), 403, 'SignatureDoesNotMatch'],
  ];
  const chunked = await fetch(first, {
    method: 'PUT',
    headers,
    body: new Blob([chunk(1)]).stream(),
    duplex: 'half',
  } as RequestInit);
  refusals.push([chunked, 501, 'NotImplemented']);
  expect((await put(first, chunk(1), headers)).status).toBe(200);
  refusals.push([await put(first, chunk(1), headers), 403, 'has been used']);
  emulator.advanceClock(hour - 5000);
  expect((await put(second, chunk(2), headers)).status).toBe(200);
  emulator.advanceClock(5000);
  refusals.push([await put(third, chunk(3), headers), 403, 'Request has expired']);
  for (const [response, status, text] of refusals) {
    expect(response.headers.get('content-type')).toBe('application/xml');
    expect(await response.text()).toContain(text);
    expect(response.status).toBe(status);
  }
  expect(
    emulator.requests().filter((entry) => entry.path.startsWith('/storage') && entry.has_api_key),
  ).toHaveLength(1);
});

test('a wrong ETag or size is refused, the whole batch with it, and the chunk has to come again', async () => {
  const emulator = await emulate({ chunkSize });
  const { body } = await open(emulator);
  const path = `/assets/multipart-uploads/${body.upload_id}`;
  await put(body.upload_urls[0].url, chunk(1));
  await put(body.upload_urls[1].url, chunk(2));
  for (const [bad, field] of [
    [proof(2, md5(chunk(1))), 'completed_chunks.1.proof'],
    [proof(3), 'completed_chunks.1.chunk_index'],
    [{ ...proof(2), chunk_index: 5 }, 'completed_chunks.1.chunk_index'],
    [{ ...proof(2), proof_type: 'md5' }, 'completed_chunks.1.proof_type'],
  ] as const) {
    const refused = await call(emulator, 'POST', path, { completed_chunks: [proof(1), bad] });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'parameter_invalid', message: expect.stringContaining(field) },
    });
  }
  const status = (await call(emulator, 'GET', path)).body;
  expect(status).toMatchObject({ chunks_completed: 0, chunks_failed: 1, chunks_pending: 3 });
  expect(status.uploaded_chunks[1]).toMatchObject({
    index: 2,
    status: 'failed',
    error: expect.stringContaining('ETag'),
  });
  const more = await call(emulator, 'POST', `${path}/presigned-urls`, { start: 2, count: 1 });
  expect((await put(more.body.upload_urls[0].url, chunk(2))).status).toBe(200);
  const report = await call(emulator, 'POST', path, { completed_chunks: [proof(1), proof(2)] });
  expect(report.body.total_completed).toBe(2);
});

test('the status of chunks and the incomplete sessions come in pages', async () => {
  const emulator = await emulate({ chunkSize: 1000 });
  const first = await open(emulator);
  const second = await open(emulator);
  const status = await call(
    emulator,
    'GET',
    `/assets/multipart-uploads/${first.body.upload_id}?page=10&page_limit=20`,
  );
  expect(status.body.uploaded_chunks).toEqual([
    { index: 181, status: 'pending', updated_at: expect.any(String) },
  ]);
  expect(status.body.page_info).toEqual({ page: 10, limit_per_page: 20, total_page: 10, total_results: 181 });
  const list = await call(emulator, 'GET', '/assets/multipart-uploads?page_limit=1');
  expect(list.body.page_info).toMatchObject({ total_results: 2, total_page: 2 });
  expect(list.body.data[0].upload_id).toBe(second.body.upload_id);
});

test('a session ends after 24 hours', async () => {
  const emulator = await emulate({ chunkSize });
  const { body } = await open(emulator);
  await put(body.upload_urls[0].url, chunk(1));
  emulator.advanceClock(24 * hour);
  const path = `/assets/multipart-uploads/${body.upload_id}`;
  expect((await call(emulator, 'GET', '/assets/multipart-uploads')).body.data).toEqual([]);
  expect((await call(emulator, 'GET', path)).body.status).toBe('expired');
  for (const [target, request] of [
    [path, { completed_chunks: [proof(1)] }],
    [`${path}/presigned-urls`, { start: 1, count: 1 }],
  ] as const) {
    expect((await call(emulator, 'POST', target, request)).body.message).toContain('expired');
  }
});

test.each([
  [{ filename: '' }, 'filename'],
  [{ type: 'document' }, 'type'],
  [{ total_size: 0 }, 'total_size'],
  [{ total_size: 1.5 }, 'total_size'],
  [{ total_size: 10 * 1024 ** 3 + 1 }, '10 GiB'],
  [{ type: 'image', total_size: 32 * 1024 ** 2 + 1 }, '32 MiB'],
  [{ enable_hls: 'true' }, 'enable_hls'],
  [{ extra: 1 }, 'extra'],
])('refuses a session with %j', async (fields, field) => {
  const emulator = await emulate();
  expect(await open(emulator, fields)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(field) },
  });
});

test('an unknown session is 404 everywhere', async () => {
  const emulator = await emulate();
  const path = `/assets/multipart-uploads/${'0'.repeat(24)}`;
  for (const answer of [
    await call(emulator, 'GET', path),
    await call(emulator, 'POST', path, { completed_chunks: [proof(1)] }),
    await call(emulator, 'POST', `${path}/presigned-urls`, { start: 1, count: 1 }),
  ]) {
    expect(answer).toMatchObject({ status: 404, body: { code: 'resource_not_exist' } });
  }
});

test('an upload goes on after a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'emulator-multipart-'));
  try {
    const first = await emulate({ chunkSize, dataDir });
    const { body } = await open(first);
    const path = `/assets/multipart-uploads/${body.upload_id}`;
    await put(body.upload_urls[0].url, chunk(1));
    await first.close();
    const second = await emulate({ chunkSize, dataDir });
    const more = await call(second, 'POST', `${path}/presigned-urls`, { start: 2, count: 3 });
    for (const url of more.body.upload_urls) await put(url.url, chunk(url.chunk_index));
    await call(second, 'POST', path, { completed_chunks: [1, 2, 3, 4].map((index) => proof(index)) });
    await second.settled();
    expect((await call(second, 'GET', `/assets/${body.asset_id}`)).body).toMatchObject({
      status: 'ready',
      duration: 5,
    });
    await second.close();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('URLs in answers lead where the client came from', async () => {
  const emulator = await emulate();
  const address = `http://localhost:${emulator.port}`;
  const response = await fetch(`${address}/v1.3/assets/multipart-uploads`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ filename: 'a.mp4', type: 'video', total_size: 1 }),
  });
  const { upload_urls } = (await response.json()) as { upload_urls: { url: string }[] };
  expect(upload_urls[0]?.url.startsWith(`${address}/storage/`)).toBe(true);
});

test('a chunk that comes again takes the room of the first', async () => {
  const emulator = await emulate({ chunkSize, limits: { storage: 120_000 } });
  const { body } = await open(emulator);
  const path = `/assets/multipart-uploads/${body.upload_id}/presigned-urls`;
  for (const content of [chunk(1), chunk(2), chunk(3)]) {
    const { body: more } = await call(emulator, 'POST', path, { start: 1, count: 1 });
    expect((await put(more.upload_urls[0].url, content)).status).toBe(200);
  }
});

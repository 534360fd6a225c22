import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { type ClientRequest, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request, setGlobalDispatcher } from 'undici';
import { expect, test } from 'vitest';
import { sampleImage, sampleVideo } from '../../src/samples.ts';
import { call, createSettled, directFile, emulate } from '../helpers.ts';
import { type Child, folder, formOf, formType, startChild, videoOfSize } from './child.ts';

setGlobalDispatcher(new Agent({ connections: 256, headersTimeout: 0, bodyTimeout: 0 }));

const MiB = 1024 * 1024;

// Only Linux reports the most memory that a process has held.
const onLinux = test.runIf(process.platform === 'linux');

/** A multipart upload as it is opened. */
interface Session {
  readonly upload_id: string;
  readonly asset_id: string;
  readonly upload_urls: readonly { readonly url: string }[];
  readonly upload_headers: Record<string, string>;
  readonly chunk_size: number;
  readonly total_chunks: number;
}

async function upload(child: Child, size: number): Promise<{ status: number; body: { _id: string } }> {
  const response = await request(`${child.baseUrl}/assets`, {
    method: 'POST',
    headers: { 'x-api-key': child.apiKey, 'content-type': formType },
    body: Readable.from(formOf(videoOfSize(size))),
  });
  return { status: response.statusCode, body: (await response.body.json()) as { _id: string } };
}

async function get<T>(child: Child, path: string): Promise<T> {
  const response = await request(`${child.baseUrl}${path}`, { headers: { 'x-api-key': child.apiKey } });
  return (await response.body.json()) as T;
}

async function ready(child: Child, id: string): Promise<{ status: string; size: number; duration: number }> {
  for (;;) {
    const asset = await get<{ status: string; size: number; duration: number }>(child, `/assets/${id}`);
    if (asset.status !== 'processing') return asset;
    await sleep(20);
  }
}

// The collector lets buffers lie until some tens of MiB have gathered, whatever the file. A body kept in memory would
// show as its whole size: the bound is half of it.

onLinux('an upload of 200 MiB needs no more memory than ones of 20 MiB (needs Linux)', async () => {
  const child = await startChild();
  for (let round = 0; round < 5; round += 1) await ready(child, (await upload(child, 20 * MiB)).body._id);
  const before = child.peakMemory();
  const { status, body } = await upload(child, 200 * MiB - 4096);
  expect(status).toBe(201);
  expect(await ready(child, body._id)).toMatchObject({
    status: 'ready',
    size: 200 * MiB - 4096,
    duration: 5,
  });
  expect(child.peakMemory() - before).toBeLessThan(100 * MiB);
});

onLinux(
  'a multipart upload of 400 MiB needs no more memory than its first 150 MiB (needs Linux)',
  async () => {
    const child = await startChild();
    const size = 400 * MiB;
    const session = await request(`${child.baseUrl}/assets/multipart-uploads`, {
      method: 'POST',
      headers: { 'x-api-key': child.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ filename: 'large.mp4', type: 'video', total_size: size }),
    });
    const { upload_id, asset_id, upload_urls, upload_headers, chunk_size, total_chunks } =
      (await session.body.json()) as Session;
    const path = `${child.baseUrl}/assets/multipart-uploads/${upload_id}`;
    const post = (to: string, body: object) =>
      request(to, {
        method: 'POST',
        headers: { 'x-api-key': child.apiKey, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then(
        (response) =>
          response.body.json() as Promise<{ upload_urls: Session['upload_urls']; total_completed: number }>,
      );
    let before = 0;
    let pending = Buffer.alloc(0);
    let index = 0;
    const urls = upload_urls.map((entry) => entry.url);
    const send = async (chunk: Buffer): Promise<void> => {
      if (index === urls.length) {
        const count = Math.min(50, total_chunks - index);
        const more = await post(`${path}/presigned-urls`, { start: index + 1, count });
        urls.push(...more.upload_urls.map((entry) => entry.url));
      }
      const response = await request(urls[index] ?? '', {
        method: 'PUT',
        headers: upload_headers,
        body: chunk,
      });
      await response.body.dump();
      index += 1;
      const completed = {
        chunk_index: index,
        proof: response.headers.etag,
        proof_type: 'etag',
        chunk_size: chunk.length,
      };
      await post(path, { completed_chunks: [completed] });
      if (index === 30) before = child.peakMemory();
    };
    for (const piece of videoOfSize(size)) {
      pending = Buffer.concat([pending, piece]);
      while (pending.length >= chunk_size) {
        await send(pending.subarray(0, chunk_size));
        pending = pending.subarray(chunk_size);
      }
    }
    if (pending.length > 0) await send(pending);
    expect(await ready(child, asset_id)).toMatchObject({ status: 'ready', size, duration: 5 });
    expect(child.peakMemory() - before).toBeLessThan(100 * MiB);
  },
);

onLinux('200 uploads at once all succeed, in bounded memory (needs Linux)', async () => {
  const child = await startChild();
  await ready(child, (await upload(child, 2 * MiB)).body._id);
  const before = child.peakMemory();
  const answers = await Promise.all(Array.from({ length: 200 }, () => upload(child, 2 * MiB)));
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 200 }, () => 201));
  for (const { body } of answers)
    expect(await ready(child, body._id)).toMatchObject({ status: 'ready', size: 2 * MiB });
  // 400 MiB came in at once.
  expect(child.peakMemory() - before).toBeLessThan(200 * MiB);
});

function startUpload(child: Child): ClientRequest {
  const sending = httpRequest(`${child.baseUrl}/assets`, {
    method: 'POST',
    headers: { 'x-api-key': child.apiKey, 'content-type': formType, 'transfer-encoding': 'chunked' },
  });
  sending.on('error', () => undefined);
  const [head, file] = formOf([readFileSync(sampleVideo).subarray(0, 100_000)]);
  sending.write(head);
  sending.write(file);
  return sending;
}

test('kill -9 in the middle of uploads leaves a store that opens and holds only whole assets', async () => {
  const dataDir = folder();
  const child = await startChild({ EMULATOR_DATA_DIR: dataDir });
  const first = await upload(child, MiB);
  const session = await request(`${child.baseUrl}/assets/multipart-uploads`, {
    method: 'POST',
    headers: { 'x-api-key': child.apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ filename: 'm.mp4', type: 'video', total_size: 200_000 }),
  });
  const { upload_id, asset_id, upload_urls, upload_headers } = (await session.body.json()) as Session;
  startUpload(child);
  const part = httpRequest(upload_urls[0]?.url ?? '', {
    method: 'PUT',
    headers: { ...upload_headers, 'content-length': 200_000 },
  });
  part.on('error', () => undefined);
  part.write(Buffer.alloc(100_000));
  const incoming = join(dataDir, 'incoming');
  const halves = () =>
    readdirSync(incoming).filter((name) => statSync(join(incoming, name)).size > 50_000).length;
  while (halves() < 2) await sleep(5);
  // Others are just being finished: the kill falls anywhere in that.
  let finished = 0;
  const burst = Array.from({ length: 60 }, () =>
    upload(child, MiB).then(
      () => {
        finished += 1;
      },
      () => undefined,
    ),
  );
  while (finished < 10) await sleep(1);
  child.process.kill('SIGKILL');
  await once(child.process, 'exit');
  await Promise.all(burst);

  const emulator = await emulate({ dataDir });
  expect(readdirSync(incoming)).toEqual([]);
  await emulator.settled();
  const assets: { _id: string; status: string; size: number }[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await call(emulator, 'GET', `/assets?page_limit=50&page=${page}`);
    assets.push(...body.data.filter(({ _id }: { _id: string }) => _id !== asset_id));
    if (page >= body.page_info.total_page) break;
  }
  expect(assets.length).toBeGreaterThanOrEqual(11);
  expect(assets.every((asset) => asset.status === 'ready' && asset.size === MiB)).toBe(true);
  expect(assets.map((asset) => asset._id)).toContain(first.body._id);
  expect(readdirSync(join(dataDir, 'files')).sort()).toEqual(assets.map((asset) => asset._id).sort());
  const status = await call(emulator, 'GET', `/assets/multipart-uploads/${upload_id}`);
  expect(status.body).toMatchObject({ status: 'active', chunks_completed: 0, chunks_pending: 1 });
});

test('a file that the system refuses to grow answers 507, and the emulator goes on', async () => {
  // The kernel's own limit on file size (EFBIG) stands in for a full disk: it needs no privileges to set.
  const child = await startChild({}, 'ulimit -f 600;');
  const full = await upload(child, 2 * MiB);
  expect(full).toMatchObject({ status: 507, body: { code: 'insufficient_storage' } });
  expect(readdirSync(join(child.dataDir, 'incoming'))).toEqual([]);
  expect((await upload(child, MiB / 2)).status).toBe(201);
});

test('a store at its limit answers 507 everywhere, and takes files again once there is room', async () => {
  const emulator = await emulate({ limits: { storage: 200_000 }, chunkSize: 100_000 });
  const { body } = await createSettled(emulator, directFile(sampleVideo));
  expect(body.status).toBe('ready');
  expect((await call(emulator, 'POST', '/assets', directFile(sampleVideo))).status).toBe(507);
  const session = await call(emulator, 'POST', '/assets/multipart-uploads', {
    filename: 'a.mp4',
    type: 'video',
    total_size: 100_000,
  });
  const put = () =>
    fetch(session.body.upload_urls[0].url, {
      method: 'PUT',
      headers: session.body.upload_headers,
      body: new Uint8Array(100_000),
    });
  expect((await put()).status).toBe(507);
  expect((await createSettled(emulator, directFile(sampleImage))).body.status).toBe('ready');
  await call(emulator, 'DELETE', `/assets/${body._id}`);
  expect((await put()).status).toBe(200);
  expect((await call(emulator, 'POST', '/assets', directFile(sampleVideo))).status).toBe(507);
});

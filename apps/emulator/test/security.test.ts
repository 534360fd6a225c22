import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Emulator } from '../src/index.ts';
import { limitWasmMemory } from '../src/media/wasm-memory.ts';
import { lacks } from '../src/programs.ts';
import { sampleImage } from '../src/samples.ts';
import { call, createSettled, direct, directFile, emulate } from './helpers.ts';

const folder = mkdtempSync(join(tmpdir(), 'emulator-security-'));
const needsFfmpeg = test.skipIf(lacks('ffmpeg'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The status of a request that calls the emulator under a given host name. */
function statusFor(emulator: Emulator, path: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { host, 'x-api-key': emulator.apiKey };
    httpRequest(emulator.url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

test('on loopback no route answers by a foreign name (DNS rebinding)', async () => {
  const emulator = await emulate();
  const { body } = await createSettled(emulator, directFile(sampleImage));
  for (const path of [
    '/',
    '/healthz',
    '/v1.3/assets',
    `/media/${body._id}/original`,
    '/samples/video.mp4',
    '/storage/x/1',
    '/_emulator/state',
    '/nothing',
  ]) {
    for (const host of [
      'evil.example',
      'evil.example:80',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
    ]) {
      expect(await statusFor(emulator, path, host), `${path} as ${host}`).toBe(403);
    }
  }
  for (const host of ['localhost', 'LOCALHOST:80', '127.0.0.1', '[::1]:80', 'tl.localhost']) {
    expect(await statusFor(emulator, '/v1.3/assets', host), host).toBe(200);
  }
  const open = await emulate({ host: '0.0.0.0' });
  expect(await statusFor(open, '/v1.3/assets', 'emulator.internal')).toBe(200);
});

test('what a URL gave and is no media is not kept, nor served', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"internal":"SECRET"}');
  }).listen(0, '127.0.0.1');
  const emulator = await emulate();
  const form = new FormData();
  form.append('method', 'url');
  form.append('url', `http://127.0.0.1:${(server.address() as AddressInfo).port}/video.mp4`);
  const { body } = await createSettled(emulator, form);
  server.close();
  expect(body.status).toBe('failed');
  expect((await fetch(`${emulator.url}/media/${body._id}/original`)).status).toBe(404);
  expect(() => readFileSync(join(emulator.dataDir, 'files', body._id))).toThrow(/ENOENT/);
});

test('the journal keeps no body that no route took', async () => {
  const emulator = await emulate();
  const post = (path: string, headers: Record<string, string>): Promise<Response> =>
    fetch(emulator.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"name":[[],[]]}',
    });
  await post('/nothing', {});
  await post('/v1.3/nothing', { 'x-api-key': emulator.apiKey });
  await post('/v1.3/analyze', {});
  await post('/v1.3/analyze', { 'x-api-key': emulator.apiKey });
  expect(emulator.requests().map(({ status, json, body }) => [status, json, body?.size])).toEqual([
    [404, null, 16],
    [404, null, 16],
    [401, null, undefined],
    [400, { name: [[], []] }, 16],
  ]);
});

test('the journal is bounded by size, and drops the oldest first', async () => {
  const emulator = await emulate({ journalBytes: 20_000 });
  for (let index = 0; index < 50; index += 1) {
    await call(emulator, 'POST', '/analyze', { prompt: `${index} ${'x'.repeat(2000)}` });
  }
  const kept = emulator.requests();
  expect(kept.length).toBeGreaterThan(1);
  expect(kept.length).toBeLessThan(10);
  expect(kept.map(({ sequence }) => sequence)).toEqual(kept.map((_, index) => 51 - kept.length + index));
  expect(kept.at(-1)?.json).toEqual({ prompt: expect.stringMatching(/^49 x/) });
});

test('the journal drops a JSON body over 1 MiB and keeps what is known of it', async () => {
  const emulator = await emulate();
  await call(emulator, 'POST', '/analyze', { prompt: 'x'.repeat(1024 * 1024) });
  expect(emulator.requests()[0]).toMatchObject({
    json: null,
    body: { size: 1024 * 1024 + 13, complete: true },
  });
});

needsFfmpeg(
  'a picture of too many pixels gets no thumbnail, and the asset is ready (needs ffmpeg)',
  async () => {
    const path = join(folder, 'bomb.png');
    const source = ['-f', 'lavfi', '-i', 'color=red:size=10000x10000', '-frames:v', '1'];
    expect(spawnSync('ffmpeg', ['-y', ...source, path]).status).toBe(0);
    const emulator = await emulate();
    const { body } = await createSettled(emulator, directFile(path, { enable_thumbnail: 'true' }));
    expect(body).toMatchObject({
      status: 'ready',
      technical_metadata: { image_width: 10_000 },
      thumbnail: {
        status: 'error',
        error: { message: 'The picture has 100000000 pixels; the emulator decodes up to 64000000.' },
      },
    });
  },
);

test('ffmpeg has limits on pixels and memory, and is stopped when it takes too long', async () => {
  const ffmpeg = join(folder, 'slow-ffmpeg');
  const given = join(folder, 'arguments');
  writeFileSync(ffmpeg, `#!/bin/sh\necho "$@" > ${given}\nexec sleep 600\n`);
  chmodSync(ffmpeg, 0o755);
  const emulator = await emulate({ ffmpeg, media: { seconds: 2 } });
  const image = new Uint8Array(readFileSync(sampleImage));
  const { body } = await createSettled(emulator, direct(image, 'a.jpg', { enable_thumbnail: 'true' }));
  expect(body.thumbnail).toEqual({
    status: 'error',
    error: { message: 'ffmpeg was stopped after 2 seconds.' },
  });
  expect(readFileSync(given, 'utf8')).toMatch(/-max_alloc 536870912 -max_pixels 64000000 .* -i /);
});

test('the probe has a limit on memory', () => {
  const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: MemoryConstructor } }).WebAssembly;
  const { grow } = Memory.prototype;
  try {
    limitWasmMemory(3 * 65_536);
    const memory = new Memory({ initial: 1 });
    memory.grow(2);
    expect(() => memory.grow(1)).toThrow('WebAssembly memory limit');
  } finally {
    Memory.prototype.grow = grow;
  }
});

/** What Node.js has, and its types do not. */
interface MemoryConstructor {
  new (limits: { initial: number }): { grow(pages: number): number };
  prototype: { grow(pages: number): number };
}

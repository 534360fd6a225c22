import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { breakConnection } from '../src/http/inject-faults.ts';
import type { Emulator, FaultRule } from '../src/index.ts';
import { sampleImage, sampleVideo } from '../src/samples.ts';
import { call, createSettled, direct, directFile, emulate } from './helpers.ts';

const create = { method: 'post', path: '/v1.3/assets' };

async function add(
  emulator: Emulator,
  rules: unknown,
): Promise<{ status: number; body: { message: string } }> {
  const response = await fetch(`${emulator.url}/_emulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rules),
  });
  return { status: response.status, body: (await response.json()) as { message: string } };
}

/** How many files there are, none of them half. */
function stored(emulator: Emulator): number {
  expect(readdirSync(join(emulator.dataDir, 'incoming'))).toEqual([]);
  return readdirSync(join(emulator.dataDir, 'files')).length;
}

/** The code of what broke a request, from wherever fetch hides it. */
async function broken(request: Promise<unknown>): Promise<string> {
  const error = await request.then(
    () => new Error('it worked'),
    (reason: Error & { cause?: { code?: string } }) => reason,
  );
  return (error as { cause?: { code?: string } }).cause?.code ?? error.message;
}

test('a status with headers and body, on the nth request, a number of times, in the order of the rules', async () => {
  const emulator = await emulate();
  emulator.addFaults([
    { match: { ...create, nth: 2 }, action: { type: 'respond', status: 503, body: 'busy' } },
    {
      match: { path: '/v1.3/a*s', times: 2 },
      action: {
        type: 'respond',
        status: 429,
        headers: { 'Retry-After': '7' },
        body: { code: 'too_many_requests' },
      },
    },
  ]);
  const post = async () => {
    const response = await fetch(`${emulator.baseUrl}/assets`, {
      method: 'POST',
      headers: { 'x-api-key': emulator.apiKey },
      body: directFile(sampleImage),
    });
    return [response.status, response.headers.get('retry-after'), await response.text()];
  };
  expect(await post()).toEqual([429, '7', '{"code":"too_many_requests"}']);
  expect(stored(emulator)).toBe(0);
  expect(await post()).toEqual([503, null, 'busy']);
  expect((await post())[0]).toBe(429);
  expect((await post())[0]).toBe(201);
  expect(emulator.faults().map(({ seen, played }) => ({ seen, played }))).toEqual([
    { seen: 4, played: 1 },
    { seen: 4, played: 2 },
  ]);
  const [first] = emulator.requests();
  expect(first).toMatchObject({
    fault: 'respond 429',
    status: 429,
    form: [{ name: 'method' }, { name: 'file' }],
  });
});

test.each<[string, FaultRule['action'], number]>([
  ['before reading', { type: 'reset', at: 'before-reading' }, 0],
  ['in the body', { type: 'reset', at: 'during-body', afterBytes: 70_000 }, 0],
  ['in a body shorter than that', { type: 'reset', at: 'during-body', afterBytes: 10_000_000 }, 0],
  ['after the body', { type: 'reset', at: 'after-body' }, 0],
  ['after the asset was stored', { type: 'reset', at: 'after-stored' }, 1],
])('a reset %s', async (_name, action, assets) => {
  const emulator = await emulate();
  emulator.addFaults([{ match: create, action }]);
  const code = await broken(call(emulator, 'POST', '/assets', directFile(sampleVideo)));
  expect(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']).toContain(code);
  await emulator.settled();
  while (readdirSync(join(emulator.dataDir, 'incoming')).length > 0) await sleep(1);
  expect(stored(emulator)).toBe(assets);
  expect(emulator.requests()[0]).toMatchObject({ status: null, aborted: true });
  expect((await call(emulator, 'POST', '/assets', directFile(sampleVideo))).status).toBe(201);
});

test('a reset after the body of a request that has none', async () => {
  const emulator = await emulate();
  emulator.addFaults([{ action: { type: 'reset', at: 'after-body' } }]);
  expect(['ECONNRESET', 'UND_ERR_SOCKET']).toContain(await broken(call(emulator, 'GET', '/assets')));
});

test('a truncated answer promises more than it brings', async () => {
  const emulator = await emulate();
  emulator.addFaults([{ match: create, action: { type: 'truncate', afterBytes: 5 } }]);
  const response = await fetch(`${emulator.baseUrl}/assets`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey },
    body: directFile(sampleImage),
  });
  expect(response.status).toBe(201);
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(5);
  const { value } = (await response.body?.getReader().read()) ?? {};
  expect(Buffer.from(value ?? []).toString()).toBe('{"_id');
  await emulator.settled();
  expect(stored(emulator)).toBe(1);
});

test('delays before the headers and between bytes', async () => {
  const emulator = await emulate();
  emulator.addFaults([
    { match: { path: '/healthz' }, action: { type: 'delay', beforeHeadersMs: 60, betweenBytesMs: 10 } },
  ]);
  const start = performance.now();
  const response = await fetch(`${emulator.url}/healthz`);
  const headers = performance.now() - start;
  const body = await response.text();
  expect(body).toBe('{"status":"ok"}');
  // Timers of Node may fire up to a millisecond early.
  expect(headers).toBeGreaterThan(58);
  expect(performance.now() - start - headers).toBeGreaterThan((body.length - 2) * 9);
});

test.each<[string, FaultRule['action']]>([
  ['while reading', { type: 'stall', while: 'reading', afterBytes: 1000 }],
  ['while answering', { type: 'stall', while: 'answering' }],
  ['in the answer', { type: 'stall', while: 'answering', afterBytes: 3 }],
])('a stall %s lasts until the client leaves', async (_name, action) => {
  const emulator = await emulate();
  emulator.addFaults([{ match: create, action }]);
  const leave = new AbortController();
  const request = fetch(`${emulator.baseUrl}/assets`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey },
    body: directFile(sampleImage),
    signal: leave.signal,
  }).then((response) => response.text());
  const first = await Promise.race([request, sleep(150, 'still waiting')]);
  expect(first).toBe('still waiting');
  leave.abort();
  await expect(request).rejects.toThrow(/abort/);
  while (readdirSync(join(emulator.dataDir, 'incoming')).length > 0) await sleep(1);
});

test('a stall of a given time, then all goes on', async () => {
  const emulator = await emulate();
  emulator.addFaults([
    { match: create, action: { type: 'stall', while: 'reading', ms: 50 } },
    { match: create, action: { type: 'stall', while: 'answering', afterBytes: 2, ms: 50 } },
  ]);
  for (const _ of [1, 2]) {
    const start = performance.now();
    expect((await createSettled(emulator, directFile(sampleImage))).body.status).toBe('ready');
    expect(performance.now() - start).toBeGreaterThan(48);
  }
});

test('a stall does not keep the emulator from closing', async () => {
  const emulator = await emulate({ closeGraceMs: 60_000 });
  emulator.addFaults([{ match: create, action: { type: 'stall', while: 'reading' } }]);
  const request = broken(call(emulator, 'POST', '/assets', direct('x', 'a.mp4')));
  while (emulator.requests().length === 0) await sleep(1);
  await emulator.close();
  expect(await request).not.toBe('it worked');
});

test('answers that are not what they should be', async () => {
  const emulator = await emulate();
  emulator.addFaults([
    { match: { path: '/v1.3/*' }, action: { type: 'invalid-json' } },
    { match: { path: '/v1.3/*' }, action: { type: 'content-type', body: '<p>Bad gateway</p>' } },
    { match: { path: '/v1.3/*' }, action: { type: 'redirect', location: 'http://127.0.0.1:9/elsewhere' } },
    { match: { path: '/v1.3/*' }, action: { type: 'expired-url' } },
  ]);
  const get = () =>
    fetch(`${emulator.baseUrl}/assets`, { headers: { 'x-api-key': emulator.apiKey }, redirect: 'manual' });
  const invalid = await get();
  expect(invalid.headers.get('content-type')).toContain('application/json');
  await expect(invalid.json()).rejects.toThrow();
  const page = await get();
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toBe('<p>Bad gateway</p>');
  const redirect = await get();
  expect([redirect.status, redirect.headers.get('location')]).toEqual([307, 'http://127.0.0.1:9/elsewhere']);
  const expired = await get();
  expect([expired.status, await expired.text()]).toEqual([
    403,
    expect.stringContaining('Request has expired'),
  ]);
  expect((await get()).status).toBe(200);
});

test('a presigned URL gives a wrong ETag, which the report refuses', async () => {
  const emulator = await emulate();
  emulator.addFaults([{ match: { path: '/storage/*' }, action: { type: 'corrupt-etag' } }]);
  const { body } = await call(emulator, 'POST', '/assets/multipart-uploads', {
    filename: 'a.mp4',
    type: 'video',
    total_size: 3,
  });
  const response = await fetch(body.upload_urls[0].url, {
    method: 'PUT',
    headers: body.upload_headers,
    body: 'abc',
  });
  const report = await call(emulator, 'POST', `/assets/multipart-uploads/${body.upload_id}`, {
    completed_chunks: [
      { chunk_index: 1, proof: response.headers.get('etag'), proof_type: 'etag', chunk_size: 3 },
    ],
  });
  expect(report).toMatchObject({ status: 400, body: { message: expect.stringContaining('ETag') } });
});

test.each([
  [{}, 'body'],
  [[{ action: { type: 'explode' } }], '0.action'],
  [[{ action: { type: 'respond' } }], '0.action.status'],
  [[{ match: { nth: 0 }, action: { type: 'invalid-json' } }], '0.match.nth'],
  [[{ match: { path: 'x' }, action: { type: 'invalid-json' } }], '0.match.path'],
  [[{ when: 1, action: { type: 'invalid-json' } }], '0.when'],
  [[{ action: { type: 'reset', at: 'noon' } }], '0.action.at'],
])('refuses the rules %j and names the field', async (rules, field) => {
  const emulator = await emulate();
  const { status, body } = await add(emulator, rules);
  expect(status).toBe(400);
  expect(body.message).toContain(field);
  expect(emulator.faults()).toEqual([]);
});

test('rules over HTTP act and are cleared by reset; the control endpoints are never hit', async () => {
  const emulator = await emulate();
  const rule = { match: { times: 'always' }, action: { type: 'respond', status: 500 } };
  expect((await add(emulator, [rule])).status).toBe(201);
  expect((await fetch(`${emulator.url}/healthz`)).status).toBe(500);
  expect((await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST' })).status).toBe(200);
  expect((await fetch(`${emulator.url}/healthz`)).status).toBe(200);
});

test('a connection that is being shut down is broken as well, and says that it is closed', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const server = createServer((message) => {
    message.socket.once('error', () => undefined).once('close', () => resolve());
    message.socket.end();
    breakConnection(message);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  await closed;
  server.close();
});

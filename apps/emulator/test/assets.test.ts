import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';
import { call, createSettled, directFile, emulate } from './helpers.ts';

const unknown = '0'.repeat(24);

test('lists newest first, in pages, and filters by id, type and part of the name', async () => {
  const emulator = await emulate();
  const ids: string[] = [];
  for (const [file, filename] of [
    [sampleVideo, 'ÄRGER.mp4'],
    [sampleAudio, 'song_1%.mp3'],
    [sampleImage, 'picture.jpg'],
  ] as const) {
    ids.push((await createSettled(emulator, directFile(file, { filename }))).body._id);
  }
  const [video, audio, image] = ids;
  const list = async (query: string): Promise<string[]> => {
    const { body } = await call(emulator, 'GET', `/assets?${query}`);
    return body.data.map((asset: { _id: string }) => asset._id);
  };
  expect(await list('')).toEqual([image, audio, video]);
  expect(await list('page=2&page_limit=2')).toEqual([video]);
  expect(await list('page=9')).toEqual([]);
  expect(await list(`asset_ids=${video}&asset_ids=${image}`)).toEqual([image, video]);
  expect(await list(`asset_ids=${unknown}`)).toEqual([]);
  expect(await list('asset_types=audio')).toEqual([audio]);
  expect(await list('asset_types=audio&asset_types=video')).toEqual([audio, video]);
  expect(await list('filename=%C3%A4rg')).toEqual([video]);
  expect(await list('filename=_1%25')).toEqual([audio]);
  expect(await list('filename=pic&asset_types=video')).toEqual([]);
  const { body } = await call(emulator, 'GET', '/assets?page_limit=2');
  expect(body.page_info).toEqual({ page: 1, limit_per_page: 2, total_page: 2, total_results: 3 });
  expect(body.data[0]).toEqual((await call(emulator, 'GET', `/assets/${image}`)).body);
});

test.each([
  ['page=0', 'page', 'parameter_invalid'],
  ['page=x', 'page', 'parameter_invalid'],
  ['page=1&page=2', 'page', 'parameter_invalid'],
  ['page_limit=51', 'page_limit', 'parameter_invalid'],
  ['asset_types=text', 'asset_types', 'parameter_invalid'],
  ['sort=up', 'sort', 'parameter_unknown'],
])('refuses the query %s', async (query, field, code) => {
  const emulator = await emulate();
  expect(await call(emulator, 'GET', `/assets?${query}`)).toMatchObject({
    status: 400,
    body: { code, message: expect.stringContaining(field) },
  });
});

test('without a key, with a wrong one and with one too many: 401, before the body is read', async () => {
  const emulator = await emulate({ apiKeys: ['one', 'two'] });
  for (const key of [undefined, '', 'three', 'one, two']) {
    const response = await fetch(`${emulator.baseUrl}/assets`, {
      method: 'POST',
      body: directFile(sampleImage),
      headers: key === undefined ? {} : { 'x-api-key': key },
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'api_key_invalid' });
  }
  expect((await call(emulator, 'GET', '/assets', undefined, { 'x-api-key': 'two' })).status).toBe(200);
});

test('deleting removes the file, also in the middle of processing', async () => {
  const emulator = await emulate({ processingMs: 3_600_000 });
  const { body } = await call(emulator, 'POST', '/assets', directFile(sampleVideo));
  const deleted = await call(emulator, 'DELETE', `/assets/${body._id}`);
  expect(deleted).toMatchObject({ status: 200, body: undefined });
  expect(existsSync(join(emulator.dataDir, 'files', body._id))).toBe(false);
  for (const method of ['GET', 'DELETE']) {
    expect(await call(emulator, method, `/assets/${body._id}`)).toMatchObject({
      status: 404,
      body: { code: 'resource_not_exist' },
    });
  }
});

test('an asset that an index refers to is deleted only by force', async () => {
  const emulator = await emulate();
  const { body } = await createSettled(emulator, directFile(sampleImage));
  const reference = await fetch(`${emulator.url}/_emulator/references`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ asset_id: body._id, index_id: 'i1', index_name: 'films' }),
  });
  expect(reference.status).toBe(201);
  expect((await call(emulator, 'GET', `/assets/${body._id}/indexed-assets`)).body).toMatchObject({
    data: [{ _id: expect.any(String), index: { _id: 'i1', name: 'films' } }],
    page_info: { total_results: 1 },
  });
  expect((await call(emulator, 'DELETE', `/assets/${body._id}?force=false`)).status).toBe(409);
  expect((await call(emulator, 'DELETE', `/assets/${body._id}?force=maybe`)).status).toBe(400);
  expect((await call(emulator, 'DELETE', `/assets/${body._id}?force=true`)).status).toBe(200);
});

test('user metadata is merged by PATCH, replaced by PUT and removed by DELETE', async () => {
  const emulator = await emulate();
  const { body } = await createSettled(
    emulator,
    directFile(sampleImage, { user_metadata: '{"a":1,"b":"x","c":true}' }),
  );
  const path = `/assets/${body._id}/user-metadata`;
  const steps: [string, object | undefined, object | undefined][] = [
    ['PATCH', { a: 2.5, b: null, c: '', d: false }, { a: 2.5, c: true, d: false }],
    ['PUT', { e: 'y', f: '', g: null }, { e: 'y' }],
    ['PUT', {}, undefined],
    ['PATCH', { h: 'z' }, { h: 'z' }],
    ['DELETE', undefined, undefined],
  ];
  for (const [method, user_metadata, expected] of steps) {
    const answer = await call(emulator, method, path, user_metadata && { user_metadata });
    expect(answer).toMatchObject({ status: 200, body: undefined });
    expect((await call(emulator, 'GET', `/assets/${body._id}`)).body.user_metadata).toEqual(expected);
  }
  for (const bad of [{}, { user_metadata: [] }, { user_metadata: { a: [] } }, { user_metadata: {}, x: 1 }]) {
    expect((await call(emulator, 'PUT', path, bad)).status).toBe(400);
  }
  for (const method of ['PATCH', 'PUT', 'DELETE']) {
    const answer = await call(emulator, method, `/assets/${unknown}/user-metadata`, { user_metadata: {} });
    expect(answer).toMatchObject({ status: 404, body: { code: 'resource_not_exist' } });
  }
});

test('what is no identifier is 400, no endpoint 404, no JSON 400', async () => {
  const emulator = await emulate();
  expect(await call(emulator, 'GET', '/assets/nope')).toMatchObject({
    status: 400,
    body: { code: 'parameter_invalid' },
  });
  expect(await call(emulator, 'GET', '/nothing')).toMatchObject({
    status: 404,
    body: { code: 'resource_not_exist' },
  });
  const response = await fetch(`${emulator.baseUrl}/assets/multipart-uploads`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' },
    body: '{"filename":',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'parameter_invalid' });
});

test('rate limits count POST /assets apart, per key, and report what is left', async () => {
  const emulator = await emulate({
    apiKeys: ['one', 'two'],
    rateLimit: { limit: 2, windowSeconds: 60, retryAfter: true },
  });
  const get = (key = 'one') => call(emulator, 'GET', '/assets', undefined, { 'x-api-key': key });
  const first = await get();
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'x-ratelimit-limit': '2',
    'x-ratelimit-remaining': '1',
    'x-ratelimit-used': '1',
  });
  await get();
  const refused = await get();
  expect(refused.status).toBe(429);
  const reset = Number(refused.headers.get('x-ratelimit-reset'));
  const when = new Date(reset * 1000).toISOString().replace('.000', '');
  expect(refused.body).toEqual({
    code: 'too_many_requests',
    message: `You have exceeded the rate limit (2req/1min). Please try again later after ${when}.`,
  });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await get('two')).status).toBe(200);
  expect((await call(emulator, 'POST', '/assets', directFile(sampleImage))).status).toBe(201);
  emulator.advanceClock(60_000);
  expect((await get()).status).toBe(200);
});

test('other web pages may not use the control endpoints', async () => {
  const emulator = await emulate();
  const reset = (origin: string) =>
    fetch(`${emulator.url}/_emulator/reset`, { method: 'POST', headers: { origin } });
  expect((await reset('https://example.com')).status).toBe(403);
  expect((await reset(emulator.url)).status).toBe(200);
  const rebound = httpRequest(`${emulator.url}/_emulator/requests`, {
    headers: { host: 'evil.example' },
  }).end();
  const [response] = (await once(rebound, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(403);
});

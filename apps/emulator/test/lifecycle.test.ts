import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startEmulator } from '../src/index.ts';
import { sampleImage, sampleVideo } from '../src/samples.ts';
import { schemaVersion } from '../src/store/database.ts';
import { call, createSettled, directFile, emulate } from './helpers.ts';

const folders: string[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'emulator-test-'));
  folders.push(path);
  return path;
}

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

test('several run at once and know nothing of each other', async () => {
  const [one, two] = await Promise.all([emulate(), emulate({ apiKeys: ['other'] })]);
  await createSettled(one, directFile(sampleImage));
  expect((await call(two, 'GET', '/assets')).body.page_info.total_results).toBe(0);
  expect((await call(two, 'GET', '/assets', undefined, { 'x-api-key': one.apiKey })).status).toBe(401);
});

test('assets survive a restart over the same folder', async () => {
  const dataDir = folder();
  const first = await emulate({ dataDir });
  const { body } = await createSettled(first, directFile(sampleVideo));
  await first.close();
  const second = await emulate({ dataDir });
  const again = await call(second, 'GET', `/assets/${body._id}`);
  expect(again.body).toEqual(body);
});

test('work that a stop left undone is taken up again', async () => {
  const dataDir = folder();
  const first = await emulate({ dataDir, processingMs: 3_600_000 });
  const { body } = await call(first, 'POST', '/assets', directFile(sampleVideo));
  await first.close();
  const second = await emulate({ dataDir });
  await second.settled();
  expect((await call(second, 'GET', `/assets/${body._id}`)).body.status).toBe('ready');
});

test('files of nobody are swept away at the start', async () => {
  const dataDir = folder();
  await (await emulate({ dataDir })).close();
  for (const name of ['incoming/half', 'files/65f000000000000000000000'])
    writeFileSync(join(dataDir, name), 'x');
  await emulate({ dataDir });
  expect(readdirSync(join(dataDir, 'incoming'))).toEqual([]);
  expect(readdirSync(join(dataDir, 'files'))).toEqual([]);
});

test('a folder in use is refused, and so is one of a newer version', async () => {
  const dataDir = folder();
  const first = await emulate({ dataDir });
  await expect(startEmulator({ dataDir })).rejects.toThrow(/in use by another emulator/);
  await first.close();
  const db = new DatabaseSync(join(dataDir, 'emulator.sqlite'));
  db.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
  db.close();
  await expect(startEmulator({ dataDir })).rejects.toThrow(/schema version/);
});

test('a store of the first schema version is brought up to date', async () => {
  const dataDir = folder();
  await (await emulate({ dataDir })).close();
  const db = new DatabaseSync(join(dataDir, 'emulator.sqlite'));
  db.exec(
    'DROP TABLE upload_urls; DROP TABLE chunks; DROP TABLE uploads; DROP TABLE records; CREATE TABLE index_references (id TEXT); PRAGMA user_version = 1',
  );
  db.close();
  const emulator = await emulate({ dataDir });
  await emulator.close();
  const after = new DatabaseSync(join(dataDir, 'emulator.sqlite'));
  expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: schemaVersion });
  expect(after.prepare('SELECT count(*) AS n FROM uploads').get()).toEqual({ n: 0 });
  after.close();
});

test('close removes a temporary folder and does not wait for kept-alive or hanging connections', async () => {
  const emulator = await startEmulator({ closeGraceMs: 0 });
  const agent = new Agent({ keepAlive: true });
  const idle = httpRequest(`${emulator.url}/healthz`, { agent });
  await new Promise<void>((resolve) => {
    idle.on('response', (response) => response.resume().on('end', resolve)).end();
  });
  const hanging: ClientRequest = httpRequest(`${emulator.baseUrl}/assets`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'multipart/form-data; boundary=b' },
  });
  const broken = new Promise((resolve) => hanging.on('error', resolve));
  hanging.write('--b\r\n');
  while (emulator.requests().length < 2) await new Promise(setImmediate);
  await emulator.close();
  await broken;
  agent.destroy();
  expect(existsSync(emulator.dataDir)).toBe(false);
});

test('a client that leaves in mid-body leaves no file', async () => {
  const emulator = await emulate();
  const upload = httpRequest(`${emulator.baseUrl}/assets`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'multipart/form-data; boundary=b' },
  });
  upload.on('error', () => undefined);
  upload.write(
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\ncontent-type: video/mp4\r\n\r\n',
  );
  upload.write(readFileSync(sampleVideo).subarray(0, 100_000));
  const incoming = join(emulator.dataDir, 'incoming');
  while (readdirSync(incoming).length === 0) await new Promise(setImmediate);
  upload.destroy();
  while (readdirSync(incoming).length > 0) await new Promise(setImmediate);
  expect(emulator.requests()[0]).toMatchObject({ aborted: true, status: null, body: { complete: false } });
  expect((await call(emulator, 'GET', '/assets')).body.data).toEqual([]);
});

test('reset forgets everything', async () => {
  const emulator = await emulate();
  await createSettled(emulator, directFile(sampleImage));
  emulator.advanceClock(3_600_000);
  const response = await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST' });
  expect(response.status).toBe(200);
  expect(readdirSync(join(emulator.dataDir, 'files'))).toEqual([]);
  const list = await call(emulator, 'GET', '/assets');
  expect(list.body.data).toEqual([]);
  expect(Math.abs(Date.parse(list.headers.get('date') ?? '') - Date.now())).toBeLessThan(60_000);
  expect(emulator.requests().map((entry) => entry.path)).toEqual(['/v1.3/assets']);
});

test.each([
  ['before its body has ended', ['direct', 'file']],
  ['before its body has ended, from a URL', ['url', 'url']],
] as const)('a reset keeps nothing of a create that it overtakes %s', async (_when, [method, source]) => {
  const emulator = await emulate();
  const create = httpRequest(`${emulator.baseUrl}/assets`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'multipart/form-data; boundary=b' },
  });
  const answered = once(create, 'response') as Promise<[IncomingMessage]>;
  create.write(`--b\r\ncontent-disposition: form-data; name="method"\r\n\r\n${method}\r\n`);
  if (source === 'file') {
    create.write(
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n',
    );
    create.write(readFileSync(sampleImage));
    while (readdirSync(join(emulator.dataDir, 'incoming')).length === 0) await new Promise(setImmediate);
  } else {
    create.write('--b\r\ncontent-disposition: form-data; name="url"\r\n\r\nhttp://127.0.0.1:9/a.jpg');
    while (emulator.requests().length === 0) await new Promise(setImmediate);
  }
  await emulator.reset();
  create.end('\r\n--b--\r\n');
  const [answer] = await answered;
  expect(answer.statusCode).toBe(500);
  expect((await answer.toArray()).join('')).toContain('was reset while this request was under way');
  expect((await call(emulator, 'GET', '/assets')).body.data).toEqual([]);
  for (const kept of ['incoming', 'files']) expect(readdirSync(join(emulator.dataDir, kept))).toEqual([]);
});

test('a reset keeps nothing of creates that it overtakes anywhere', async () => {
  const emulator = await emulate();
  // The turns of the event loop at which it strikes: from the first byte to after the answer.
  for (let turns = 0; turns < 60; turns++) {
    const creating = call(emulator, 'POST', '/assets', directFile(sampleImage));
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
    await emulator.reset();
    const { status } = await creating;
    const { data } = (await call(emulator, 'GET', '/assets')).body;
    const files = readdirSync(join(emulator.dataDir, 'files'));
    // Either it came to an end before the reset and is forgotten, or it was overtaken, or it began after.
    expect([status, data.length, files.length]).toSatisfy(
      ([code, assets, kept]) => assets === kept && (assets === 0 || code === 201),
    );
    await emulator.reset();
  }
});

test('the Date header follows the clock', async () => {
  const emulator = await emulate();
  const before = Date.now();
  emulator.advanceClock(86_400_000);
  const { headers } = await call(emulator, 'GET', '/assets');
  expect(Date.parse(headers.get('date') ?? '')).toBeGreaterThan(before + 86_400_000 - 1000);
});

test('options that cannot be are refused with field, rule and shape, and the key is not repeated', async () => {
  await expect(startEmulator({ port: 70_000, apiKeys: [''], chunkSize: 0 })).rejects.toThrow(
    /port: .*70000.*apiKeys\.0: .*a string of 0 characters.*chunkSize: .*the number 0/,
  );
});

test('closing waits until the requests of clients that are gone have cleaned up', async () => {
  const dataDir = folder();
  const emulator = await emulate({ dataDir, closeGraceMs: 0 });
  const uploads = Array.from({ length: 20 }, () =>
    call(emulator, 'POST', '/assets', directFile(sampleVideo)).catch(() => undefined),
  );
  while (readdirSync(join(dataDir, 'incoming')).length === 0) await new Promise(setImmediate);
  await emulator.close();
  expect(readdirSync(join(dataDir, 'incoming'))).toEqual([]);
  await Promise.all(uploads);
});

test('an open page does not keep the emulator from closing', async () => {
  const emulator = await emulate({ closeGraceMs: 60_000 });
  const response = await fetch(`${emulator.url}/_emulator/events`);
  const reader = response.body?.getReader();
  await reader?.read();
  await call(emulator, 'POST', '/assets', directFile(sampleImage));
  const event = await reader?.read();
  expect(Buffer.from(event?.value ?? []).toString()).toBe('event: change\ndata: \n\n');
  await emulator.close();
  // All that was sent has come, then the stream ends: it was not torn.
  while (!(await reader?.read())?.done);
});

test('a process that ends without closing leaves no temporary folder', () => {
  const code = `
    import { startEmulator } from '@twelvelabs-nodes/emulator';
    const [one, two] = [await startEmulator(), await startEmulator()];
    await one.close();
    console.log(two.dataDir);
    process.exit();`;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd, encoding: 'utf8' });
  expect(run.stdout.trim()).toMatch(/twelvelabs-emulator-/);
  expect(existsSync(run.stdout.trim())).toBe(false);
});

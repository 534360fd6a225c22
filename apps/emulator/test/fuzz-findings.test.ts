import { readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../src/index.ts';

// What fuzzing found; each answered 500, leaked a file descriptor, or let something in.

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ ffmpeg: false });
});
afterAll(() => emulator.close());

const headers = () => ({ 'x-api-key': emulator.apiKey });

it.each(['constructor', '__proto__', 'toString'])('knows no query field "%s"', async (name) => {
  const response = await fetch(`${emulator.baseUrl}/assets?${name}=1`, { headers: headers() });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'parameter_unknown' });
  expect(emulator.requests().at(-1)?.query).toEqual({ [name]: ['1'] });
});

it.each(['constructor', '__proto__'])('knows no form field "%s"', async (name) => {
  const body = new FormData();
  body.append('method', 'url');
  body.append('url', 'http://127.0.0.1:1/a.mp4');
  body.append(name, 'x');
  const response = await fetch(`${emulator.baseUrl}/assets`, { method: 'POST', headers: headers(), body });
  expect(await response.json()).toMatchObject({ code: 'parameter_unknown' });
});

// Only Linux lists the files that a process has open.
it.runIf(process.platform === 'linux')('leaves no file open when two come in one piece', async () => {
  const body = new FormData();
  body.append('method', 'direct');
  for (const name of ['a.mp4', 'b.mp4']) body.append('file', new File(['x'], name, { type: 'video/mp4' }));
  const response = await fetch(`${emulator.baseUrl}/assets`, { method: 'POST', headers: headers(), body });
  expect(response.status).toBe(400);
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  expect(open.filter((path) => path.includes(join(emulator.dataDir, 'incoming')))).toEqual([]);
});

it.each(['//', 'http://['])('answers a request for "%s"', async (target) => {
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(emulator.port, '127.0.0.1', () =>
      socket.end(`GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`),
    );
    socket.setEncoding('latin1').on('data', (piece: string) => {
      text += piece;
    });
    socket.on('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
});

it('answers a path that cannot be decoded in the form of the platform', async () => {
  const response = await fetch(`${emulator.baseUrl}/%`, { headers: headers() });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'parameter_invalid', message: expect.any(String) });
});

it('does not repeat a name of any length', async () => {
  const body = JSON.stringify({ name: 'x', ['y'.repeat(70_000)]: 1 });
  const json = { ...headers(), 'content-type': 'application/json' };
  const response = await fetch(`${emulator.baseUrl}/entity-collections`, {
    method: 'POST',
    headers: json,
    body,
  });
  expect(response.status).toBe(400);
  expect((await response.text()).length).toBeLessThan(3_000);
});

it('keeps its clock within the years that dates can have', async () => {
  const response = await fetch(`${emulator.url}/_emulator/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"advance_ms": 9000000000000000}',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining('advance_ms') });
  expect(() => emulator.advanceClock(9e15)).toThrow(/^ms: must be at most/);
  expect((await fetch(`${emulator.url}/healthz`)).status).toBe(200);
});

it.each([
  [200, false],
  [201, true],
  [5_000, true],
])('a body of %i levels is too deep: %s', async (levels, isTooDeep) => {
  const response = await fetch(`${emulator.baseUrl}/analyze`, {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json' },
    body: `${'{"items":'.repeat(levels)}1${'}'.repeat(levels)}`,
  });
  expect(response.status).toBe(400);
  const { message } = (await response.json()) as { message: string };
  expect(message === 'The body has more than 200 levels of objects and lists.').toBe(isTooDeep);
});

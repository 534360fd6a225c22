import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostileServer, respond } from '../../src/hostile/server.ts';

// Attacks on the emulator as people start it, in a process that has 192 MB of heap.

const MAIN = fileURLToPath(import.meta.resolve('@twelvelabs-nodes/emulator/main'));
const MiB = 1024 ** 2;

let child: ChildProcess;
let port: number;
beforeAll(async () => {
  const args = ['--max-old-space-size=192', MAIN, '--port', '0'];
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('No output');
  for await (const line of createInterface(child.stdout)) {
    const found = /base URL +http:\/\/127\.0\.0\.1:(\d+)\/v1\.3/.exec(line);
    if (!found) continue;
    port = Number(found[1]);
    break;
  }
});
afterAll(async () => {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
});

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

function send({ path, method = 'GET', headers = {}, body }: Sent): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, async (response) => {
      let text = '';
      for await (const piece of response.setEncoding('utf8')) text += piece;
      resolve({ status: response.statusCode ?? 0, text });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const KEY = { 'x-api-key': 'tlk_emulator' };

it('a page under a foreign name that resolves to this machine reads nothing (DNS rebinding)', async () => {
  await using internal = await hostileServer(respond(200, '{"internal":"SECRET-ONLY-ON-LOOPBACK"}'));
  const form = new FormData();
  form.append('method', 'url');
  form.append('url', `${internal.url}/video.mp4`);
  const asPage = { host: `evil.example:${port}`, ...KEY };
  const encoded = new Request('http://a', { method: 'POST', body: form });
  const type = encoded.headers.get('content-type') ?? '';
  const body = await encoded.text();
  const create = { path: '/v1.3/assets', method: 'POST', body };
  const ask = (headers: Record<string, string>) =>
    send({ ...create, headers: { 'content-type': type, ...headers } });

  expect((await ask(asPage)).status).toBe(403);
  expect(internal.connections).toBe(0);

  // Asked by its own name, the emulator downloads it, and keeps nothing that is no media.
  const { status, text } = await ask(KEY);
  expect(status).toBe(201);
  const { _id } = JSON.parse(text);
  await expect
    .poll(async () => JSON.parse((await send({ path: `/v1.3/assets/${_id}`, headers: KEY })).text).status)
    .toBe('failed');
  for (const path of [`/media/${_id}/original`, `/v1.3/assets/${_id}`, '/_emulator/state', '/', '/nothing'])
    expect((await send({ path, headers: asPage })).status, path).toBe(403);
  const original = await send({ path: `/media/${_id}/original`, headers: KEY });
  expect(original.status).toBe(404);
  const everything = [original.text, (await send({ path: '/_emulator/state' })).text];
  expect(everything.join()).not.toContain('SECRET-ONLY-ON-LOOPBACK');
});

it.each([
  ['requests that no route takes', '/nothing', {}, `[${'[],'.repeat(MiB / 3)}[]]`],
  ['questions without a key', '/v1.3/analyze', {}, JSON.stringify({ prompt: 'x'.repeat(MiB) })],
  [
    'questions with the key',
    '/v1.3/analyze',
    KEY,
    JSON.stringify({
      video: { type: 'url', url: 'http://127.0.0.1:1/a.mp4' },
      prompt: 'x'.repeat(900_000),
    }),
  ],
] as const)(
  'its memory is bounded under %s of a megabyte',
  { timeout: 60_000 },
  async (_, path, key, body) => {
    const headers = { 'content-type': 'application/json', ...key };
    const statuses = new Set<number>();
    for (let round = 0; round < 10; round++) {
      const sent = Array.from({ length: 20 }, () => send({ path, method: 'POST', headers, body }));
      for (const { status } of await Promise.all(sent)) statuses.add(status);
    }
    expect([...statuses].every((status) => status >= 400 && status < 500)).toBe(true);
    expect(child.exitCode).toBeNull();
    expect((await send({ path: '/healthz' })).status).toBe(200);
  },
);

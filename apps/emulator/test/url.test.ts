import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Emulator, EmulatorOptions } from '../src/index.ts';
import { type Answer, call, emulate } from './helpers.ts';

const servers = new Set<Server>();

afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers.clear();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function createFromUrl(
  emulator: Emulator,
  url: string,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData();
  form.append('method', 'url');
  form.append('url', url);
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const created = await call(emulator, 'POST', '/assets', form);
  expect(created).toMatchObject({ status: 201, body: { method: 'url', status: 'processing' } });
  await emulator.settled();
  return call(emulator, 'GET', `/assets/${created.body._id}`);
}

test('a URL is downloaded and probed; name and type come from it', async () => {
  const emulator = await emulate();
  const { body } = await createFromUrl(emulator, `${emulator.url}/samples/video.mp4?token=1`);
  expect(body).toMatchObject({
    status: 'ready',
    filename: 'video.mp4',
    file_type: 'video/mp4',
    duration: 5,
    size: 180497,
  });
});

test('redirects are followed', async () => {
  const emulator = await emulate();
  const base = await serve((request, response) => {
    const location = request.url === '/a' ? '/b' : `${emulator.url}/samples/audio.mp3`;
    response.writeHead(302, { location }).end();
  });
  const { body } = await createFromUrl(emulator, `${base}/a`, { filename: 'song.mp3' });
  expect(body).toMatchObject({ status: 'ready', filename: 'song.mp3', file_type: 'audio/mpeg' });
});

test.each<[string, RequestListener, RegExp, EmulatorOptions?]>([
  [
    'a web page',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    /web page/,
  ],
  ['a status', (_, response) => response.writeHead(404).end(), /status 404/],
  ['nothing', (_, response) => response.end(), /empty/],
  ['text', (_, response) => response.end('text '.repeat(100)), /not a video/],
  [
    'redirects for ever',
    (_, response) => response.writeHead(302, { location: '/' }).end(),
    /more than 5 times/,
  ],
  [
    'a redirect to a file',
    (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    /http\(s\)/,
  ],
  [
    'too much, announced',
    (_, response) => response.writeHead(200, { 'content-length': 2000 }).write('x'),
    /larger than the limit of 1000 bytes/,
    { limits: { url: 1000 } },
  ],
  [
    'too much, unannounced',
    (_, response) => response.end('x'.repeat(2000)),
    /larger than/,
    { limits: { url: 1000 } },
  ],
  ['silence', () => undefined, /could not be read/, { download: { idleMs: 50 } }],
  [
    'a body without end',
    (_, response) => response.write('x'),
    /within 0\.2 seconds/,
    { download: { totalMs: 200 } },
  ],
  ['a broken connection', (_, response) => response.destroy(), /could not be read/],
])('fails with the reason on %s', async (_name, listener, reason, options = {}) => {
  const emulator = await emulate(options);
  const { body } = await createFromUrl(emulator, await serve(listener));
  expect(body.status).toBe('failed');
  expect(body.error.message).toMatch(reason);
});

test('does not fetch its own control endpoints, directly, redirected or under another name', async () => {
  const emulator = await emulate();
  const redirector = await serve((_, response) =>
    response.writeHead(302, { location: `${emulator.url}/_emulator/requests` }).end(),
  );
  for (const url of [
    `${emulator.url}/_emulator/requests`,
    `http://localhost:${emulator.port}/_emulator/requests`,
    `${emulator.url}/samples/../_emulator/requests`,
    `${emulator.url}/v1.3/assets`,
    redirector,
  ]) {
    const { body } = await createFromUrl(emulator, url);
    expect(body).toMatchObject({ status: 'failed', error: { message: 'The URL answered with status 403.' } });
  }
});

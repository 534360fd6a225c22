import { readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import fc from 'fast-check';
import { target } from './target.ts';
import { junk, mutated, nasty } from './values.ts';

let emulator: Emulator;
let users = 0;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

async function open(): Promise<void> {
  if (users++ === 0)
    emulator = await startEmulator({ journalSize: 10, limits: { storage: 64 * 1024 ** 2 }, ffmpeg: false });
}

/** After all cases it still works, and no file is left of what was refused. */
async function close(): Promise<void> {
  if (--users > 0) return;
  agent.destroy();
  await emulator.settled();
  await emulator.reset();
  const left = readdirSync(emulator.dataDir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('emulator.sqlite'),
  );
  if (left.length > 0)
    throw new Error(`Files are left: ${left.map(({ parentPath, name }) => join(parentPath, name))}`);
  await emulator.close();
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** A kept connection may have been closed while it was idle: then the request goes out once more. */
async function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Uint8Array,
): Promise<Reply> {
  const first = await askOnce(method, path, headers, body);
  return first ?? (await askOnce(method, path, headers, body)) ?? { status: 0, text: 'no answer' };
}

function askOnce(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Uint8Array | undefined,
): Promise<Reply | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: emulator.port, agent, method, path };
    const sent = request(
      { ...options, headers: { 'x-api-key': emulator.apiKey, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      },
    );
    sent.on('error', (error) => (sent.reusedSocket ? resolve(undefined) : reject(error)));
    sent.end(body);
  });
}

/** Never a 5xx (but 507, a full disk); an error is JSON with a code and a bounded message. */
function requireGoodReply({ status, text }: Reply, what: string): void {
  if (status >= 500 && status !== 507) throw new Error(`${what}: HTTP ${status} ${text.slice(0, 300)}`);
  // 431 is Node's own, before any route: query and path were too long.
  if (status < 400 || status === 431) return;
  const { code, message } = JSON.parse(text) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || typeof message !== 'string')
    throw new Error(`${what}: ${text.slice(0, 300)}`);
  if (text.length > 20_000) throw new Error(`${what}: ${text.length} characters`);
}

const BOUNDARY = 'b0undary';
const lineEnd = fc.oneof(
  { weight: 12, arbitrary: fc.constant('\r\n') },
  fc.constantFrom('\n', '\r', '', '\r\n\r\n'),
);
const disposition = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('method', 'file', 'url', 'filename', 'enable_hls', 'user_metadata', 'x'),
        fc.option(nasty, { nil: undefined }),
      )
      .map(
        ([name, filename]) =>
          `Content-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`,
      ),
  },
  fc.constantFrom(
    'Content-Disposition: form-data',
    'content-disposition:',
    'Content-Disposition: attachment; name=x',
    "Content-Disposition: form-data; name*=utf-8''%zz",
    'Content-Disposition: form-data; name="file"; filename*=utf-8\'\'%ff',
  ),
  nasty.map((text) => `Content-Disposition: form-data; name="${text}"`),
);
const extra = fc.oneof(
  fc.constantFrom(
    'Content-Type: video/mp4',
    'Content-Type: ',
    'Content-Type: text/plain; charset=x',
    'Content-Transfer-Encoding: base64',
    'Content-Length: -1',
  ),
  nasty,
);
const content = fc.oneof(
  nasty,
  fc.constantFrom(
    'direct',
    'url',
    'true',
    'false',
    '{"a":1}',
    '{"__proto__":{"a":1}}',
    '{',
    '[]',
    'null',
    'http://127.0.0.1:1/x.mp4',
  ),
  fc.constant(`--${BOUNDARY}`),
);
const part = fc
  .tuple(disposition, fc.array(extra, { maxLength: 2 }), lineEnd, content, lineEnd)
  .map(
    ([first, more, end, body, last]) =>
      `--${BOUNDARY}${end}${[first, ...more].join(end)}${end}${end}${body}${last}`,
  );
const form = fc
  .tuple(
    fc.array(part, { maxLength: 6 }),
    fc.constantFrom(`--${BOUNDARY}--\r\n`, `--${BOUNDARY}--`, `--${BOUNDARY}`, ''),
  )
  .map(([parts, end]) => parts.join('') + end);
const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant(`multipart/form-data; boundary=${BOUNDARY}`) },
  fc.constantFrom(
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary="${BOUNDARY}"`,
    'multipart/mixed; boundary=b0undary',
    'application/json',
    'text/plain',
    '',
    `multipart/form-data; boundary=${'x'.repeat(300)}`,
  ),
);

export const forms = target({
  name: 'emulator: multipart forms',
  weight: 10,
  open,
  close,
  input: fc.record({
    type: contentType,
    form,
    cut: fc.option(fc.nat({ max: 500 }), { nil: undefined, freq: 5 }),
  }),
  async check({ type, form, cut }) {
    const body = Buffer.from(form, form.includes('\u00ff') ? 'latin1' : 'utf8').subarray(0, cut);
    const reply = await ask(
      'POST',
      '/v1.3/assets',
      { 'content-type': type, 'content-length': String(body.length) },
      body,
    );
    requireGoodReply(reply, 'POST /assets');
    // What is taken leaves again, so that the store stays as small as it is.
    if (reply.status < 300) await ask('DELETE', `/v1.3/assets/${JSON.parse(reply.text)._id}?force=true`, {});
  },
});

const HEX = '65f0a0b1c2d3e4f5a6b7c8d9';
const path = fc.oneof(
  fc.constantFrom(
    '/v1.3/assets',
    `/v1.3/assets/${HEX}`,
    `/v1.3/assets/${HEX}/user-metadata`,
    '/v1.3/assets/multipart-uploads',
    `/v1.3/assets/multipart-uploads/${HEX}`,
    `/v1.3/assets/multipart-uploads/${HEX}/presigned-urls`,
    '/_emulator/faults',
    '/_emulator/clock',
    '/_emulator/references',
    '/healthz',
    '/',
    '/storage/x',
  ),
  nasty.map((text) => `/v1.3/assets/${encodeURIComponent(text.toWellFormed())}`),
  nasty.map((text) => `/v1.3/${text.replace(/[^\x21-\x7e]/g, '')}`),
);
const query = fc.option(
  fc
    .dictionary(
      fc.constantFrom('page', 'page_limit', 'asset_ids', 'filename', 'asset_types', 'force', 'x'),
      nasty,
    )
    .map(
      (given) =>
        `?${Object.entries(given)
          .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
          .join('&')}`,
    ),
  { nil: '' },
);
const jsonShapes = fc.oneof(
  mutated({ filename: 'a.mp4', type: 'video', total_size: 100, enable_hls: false, user_metadata: { a: 1 } }),
  mutated({ start: 1, count: 5 }),
  mutated({ completed_chunks: [{ chunk_index: 1, proof: 'x', proof_type: 'etag', chunk_size: 5 }] }),
  mutated({ user_metadata: { a: 1, b: null } }),
  mutated([{ match: { path: '/nowhere' }, action: { type: 'respond', status: 500 } }]),
  mutated({ advance_ms: 0 }),
  junk,
);

export const jsonEndpoints = target({
  name: 'emulator: JSON endpoints, paths and queries',
  weight: 10,
  open,
  close,
  input: fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    path,
    query,
    body: fc.oneof({ weight: 6, arbitrary: jsonShapes.map((value) => JSON.stringify(value) ?? '') }, nasty),
    type: fc.constantFrom('application/json', 'application/json', 'text/plain', ''),
  }),
  async check({ method, path, query, body, type }) {
    const bytes = method === 'GET' ? undefined : Buffer.from(body);
    const headers = bytes ? { 'content-type': type, 'content-length': String(bytes.length) } : {};
    const reply = await ask(method, `${path}${query}`, headers as Record<string, string>, bytes);
    // Rules that got through would break the cases after this one, and uploads would fill the store.
    if (path.startsWith('/_emulator/') && reply.status < 300) await emulator.reset();
    if (path.startsWith('/v1.3')) requireGoodReply(reply, `${method} ${path}`);
    else if (reply.status >= 500 && !path.startsWith('/_emulator'))
      throw new Error(`${method} ${path}: ${reply.status}`);
  },
});

let template: URL | undefined;

export const presignedTargets = target({
  name: 'emulator: presigned targets',
  weight: 5,
  async open() {
    await open();
    const body = Buffer.from(JSON.stringify({ filename: 'a.mp4', type: 'video', total_size: 100 }));
    const reply = await ask(
      'POST',
      '/v1.3/assets/multipart-uploads',
      { 'content-type': 'application/json', 'content-length': String(body.length) },
      body,
    );
    template = new URL(JSON.parse(reply.text).upload_urls[0].url);
  },
  close,
  input: fc.record({
    place: fc.nat({ max: 400 }),
    length: fc.nat({ max: 20 }),
    put: nasty.map((text) => text.slice(0, 200)),
    body: fc.uint8Array({ maxLength: 120 }),
    query: fc.option(nasty, { nil: undefined }),
  }),
  async check({ place, length, put, body, query }) {
    const whole = `${template?.pathname}${template?.search}`;
    const changed =
      whole.slice(0, Math.max(1, place)) +
      encodeURIComponent(put.toWellFormed()) +
      whole.slice(place + length);
    const extra = query === undefined ? '' : `&${encodeURIComponent(query.toWellFormed())}=1`;
    const sent = changed.startsWith('/') ? changed + extra : `/${changed}${extra}`;
    const reply = await ask(
      'PUT',
      sent.slice(0, 8_000),
      { 'content-length': String(body.length), 'content-type': 'application/octet-stream' },
      body,
    );
    if (reply.status >= 500) throw new Error(`PUT ${sent}: HTTP ${reply.status} ${reply.text.slice(0, 300)}`);
    if (reply.status < 300 && sent.split('?')[0] !== template?.pathname) throw new Error(`${sent} was taken`);
  },
});

const headerLine = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'x-api-key',
        'content-length',
        'transfer-encoding',
        'content-type',
        'host',
        'expect',
        'connection',
        'cookie',
        'range',
        'content-encoding',
      ),
      fc.oneof(
        nasty.map((text) => text.slice(0, 3_000)),
        fc.constantFrom('0', '-1', '5', '1e9', 'chunked', 'identity', 'gzip', '100-continue', 'tlk_emulator'),
      ),
    )
    .map(([name, value]) => `${name}: ${value}`),
  nasty.map((text) => text.slice(0, 3_000)),
);
const requestLine = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'get', ''),
        path,
        fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''),
      )
      .map((words) => words.join(' ')),
  },
  nasty.map((text) => text.slice(0, 3_000)),
);

export const rawHeaders = target({
  name: 'emulator: request heads',
  weight: 5,
  open,
  close,
  input: fc.record({
    first: requestLine,
    lines: fc.array(headerLine, { maxLength: 6 }),
    body: nasty.map((text) => text.slice(0, 300)),
  }),
  async check({ first, lines, body }) {
    const text = await exchange(`${[first, 'host: a', ...lines].join('\r\n')}\r\n\r\n${body}`);
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
    // 501 and 505 are what RFC 9110 wants for methods and versions that a server does not have.
    if (status >= 500 && ![501, 505, 507].includes(status)) throw new Error(text.slice(0, 400));
    if (/x-evil/i.test(text.split('\r\n\r\n')[0] ?? ''))
      throw new Error(`A header was let in: ${text.slice(0, 400)}`);
  },
});

/** Writes, half-closes, and reads until the other side ends it. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(emulator.port, '127.0.0.1', () => socket.end(text));
    socket.setEncoding('latin1').on('data', (piece: string) => {
      received += piece;
    });
    socket.on('error', () => undefined).on('close', () => resolve(received));
  });
}

import { fileFromBuffer } from '@twelvelabs-nodes/core/node';
import { describe, expect, it } from 'vitest';
import { MARKER, ONCE } from '../../src/hostile/attack.ts';
import { attack } from '../../src/hostile/run.ts';
import { type Answer, json, respond } from '../../src/hostile/server.ts';

const SIZE = 1_000_000;
const file = fileFromBuffer(Buffer.alloc(SIZE, 1), { name: 'clip.mp4', type: 'video/mp4' });
const { slice: _, ...stream } = file;
const options = { ...ONCE, idleTimeout: 3_000, upload: 'multipart' } as const;

/** A session as the platform would open it, but for what is given. */
const session = (port: number, lies: Record<string, unknown> = {}) => ({
  upload_id: 'up1',
  asset_id: '65f0a0b1c2d3e4f5a6b7c8d9',
  chunk_size: SIZE,
  total_chunks: 1,
  upload_urls: [{ chunk_index: 1, url: `http://127.0.0.1:${port}/storage/1?signature=s3cr3t` }],
  upload_headers: {},
  ...lies,
});

/** Opens sessions with lies in them; `storage` answers the chunks. */
const platform =
  (
    lies: Record<string, unknown> | ((port: number) => Record<string, unknown>),
    storage: Answer = json({}),
  ): Answer =>
  (socket, request) => {
    const port = socket.localPort ?? 0;
    if (request.target.startsWith('/storage')) return storage(socket, request);
    const told = typeof lies === 'function' ? lies(port) : lies;
    return json(session(port, told), 201)(socket, request);
  };

const upload = { direct: file, streamed: stream };

describe.each(Object.entries(upload))('a session that lies, for a file that is %s', (_, source) => {
  const lies: Record<string, Record<string, unknown>> = {
    'chunk_size 0': { chunk_size: 0 },
    'chunk_size negative': { chunk_size: -5 },
    'chunk_size with a fraction': { chunk_size: 0.5, total_chunks: 2_000_000 },
    'chunk_size that makes a million chunks': { chunk_size: 1, total_chunks: SIZE },
    'chunk_size of a petabyte': { chunk_size: 1e15 },
    'chunk_size beyond numbers': { chunk_size: 1e300 },
    'chunk_size as a text': { chunk_size: String(SIZE) },
    'chunk_size null': { chunk_size: null },
    'chunk_size missing': { chunk_size: undefined },
    'total_chunks 0': { total_chunks: 0 },
    'total_chunks too many': { total_chunks: 2 },
    'total_chunks negative': { total_chunks: -1 },
    'total_chunks without an end': { total_chunks: 1e9 },
    'upload_id that leads elsewhere': { upload_id: '../../admin' },
    'asset_id that leads elsewhere': { asset_id: '../../admin' },
    'no id': { upload_id: undefined, asset_id: undefined },
    'upload_urls that are no list': { upload_urls: 'https://example.com' },
    'upload_urls by the million': { upload_urls: new Array(1_000_000).fill(0) },
    'no URL for any chunk': { upload_urls: [] },
    'a URL for chunk 0': { upload_urls: [{ chunk_index: 0, url: 'https://example.com' }] },
    'a URL that is none': { upload_urls: [{ chunk_index: 1, url: '//x' }] },
    'a URL of 4 MB': { upload_urls: [{ chunk_index: 1, url: `https://a.b/${'x'.repeat(4_000_000)}` }] },
    'a host of 4 MB': {
      upload_urls: [{ chunk_index: 1, url: `https://${'x'.repeat(4_000_000)}.localhost/` }],
    },
    'a scheme of 4 MB': { upload_urls: [{ chunk_index: 1, url: `${'x'.repeat(4_000_000)}:a` }] },
    'headers that are none': { upload_headers: { 'a b': 'c' } },
    'a header with a line break': { upload_headers: { 'x-a': 'b\r\nx-evil: 1' } },
    'a header with NUL': { upload_headers: { 'x-a': 'b\u0000' } },
    'a header name with a line break': { upload_headers: { 'x-a: 1\r\nx-b': 'c' } },
    'a header of the connection': { upload_headers: { Connection: 'upgrade' } },
    'a header keep-alive': { upload_headers: { 'keep-alive': '1' } },
    'another host': { upload_headers: { Host: 'internal' } },
    'another length': { upload_headers: { 'Content-Length': '5' } },
    'a transfer encoding': { upload_headers: { 'transfer-encoding': 'chunked' } },
    'the key as a header': { upload_headers: { 'X-Api-Key': MARKER } },
    'a cookie': { upload_headers: { cookie: 'a=b' } },
    'headers by the thousand': {
      upload_headers: Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x-${index}`, 'y'])),
    },
    'a header of 1 MB': { upload_headers: { 'x-a': 'y'.repeat(1_000_000) } },
    'headers that are a list': { upload_headers: ['a'] },
    'headers of numbers by the thousand': {
      upload_headers: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`x-${index}`, 1])),
    },
  };

  it.each(Object.entries(lies))('%s', async (_name, lie) => {
    const { error, requests } = await attack(platform(lie), (client) =>
      client.assets.create({ method: 'direct', file: source }, options),
    );
    expect(error.code).toMatch(/^(unexpected_response|upload_session)$/);
    expect(requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });
});

describe('upload URLs', () => {
  // The API stands on loopback here, so loopback is allowed; all else in a private network has to be https anyway.
  it.each([
    'file:///etc/passwd',
    'http://example.com/x',
    'http://10.0.0.1/x',
    'http://169.254.169.254/latest/meta-data',
    'http://[fd00::1]/x',
    'http://0.0.0.0/x',
    'http://metadata.google.internal/x',
    'ftp://127.0.0.1/x',
    'data:text/plain,x',
    'javascript:1',
    'unix:/var/run/docker.sock',
    'ws://127.0.0.1/',
    'https://user:password@127.0.0.1/x',
  ])('are refused: %s', async (url) => {
    const { error, requests } = await attack(platform({ upload_urls: [{ chunk_index: 1, url }] }), (client) =>
      client.assets.create({ method: 'direct', file }, options),
    );
    expect(error.code).toBe('unexpected_response');
    expect(error.message).not.toContain('password');
    expect(requests.map(({ method }) => method)).not.toContain('PUT');
  });

  const storages: Record<string, Answer> = {
    redirects: (socket, request) =>
      respond(307, '', { location: `http://127.0.0.1:${socket.localPort}/v1.3/assets` })(socket, request),
    'gives no ETag': respond(200, ''),
    'gives an ETag of 7,000 characters': respond(500, '', { etag: 'x'.repeat(7_000) }),
    'answers with an error page of 6 MB': respond(403, `<Error>${'x'.repeat(6_000_000)}</Error>`),
    'echoes the request': (socket, { head }) =>
      respond(400, head)(socket, { method: '', target: '', headers: {}, head, body: 0 }),
    closes: (socket) => socket.destroy(),
    'says nothing': () => undefined,
  };

  it.each(Object.entries(storages))('never get the key, at a storage that %s', async (_, storage) => {
    const { error, requests } = await attack(platform({}, storage), (client) =>
      client.assets.create({ method: 'direct', file }, options),
    );
    const puts = requests.filter(({ method }) => method === 'PUT');
    expect(puts).toHaveLength(1);
    expect(puts[0]?.head).not.toContain(MARKER);
    expect(error.message).not.toContain('s3cr3t');
  });
});

describe('a resume token', () => {
  const token = {
    version: 1 as const,
    upload_id: 'up1',
    asset_id: '65f0a0b1c2d3e4f5a6b7c8d9',
    chunk_size: SIZE,
    total_chunks: 1,
    upload_headers: {},
    file: { name: 'clip.mp4', size: SIZE, fingerprint: 'samples-00000000' },
  };
  const forged: Record<string, unknown> = {
    'another fingerprint': {},
    'an upload_id that leads elsewhere': { upload_id: '../../assets' },
    'the upload_id ..': { upload_id: '..' },
    'an asset_id that leads elsewhere': { asset_id: '../x' },
    'a negative chunk_size': { chunk_size: -1 },
    'another version': { version: 2 },
    'a URL of its own': { upload_urls: [{ chunk_index: 1, url: 'https://evil.example' }] },
    'no file': { file: undefined },
  };

  it.each(Object.entries(forged))(
    'that was forged is refused before anything is sent: %s',
    async (_, lie) => {
      const { error, requests } = await attack(json({}), (client) =>
        client.assets.create(
          { method: 'direct', file },
          { ...ONCE, resume: { ...token, ...(lie as object) } },
        ),
      );
      expect(error.code).toBe('validation');
      expect(requests).toEqual([]);
    },
  );
});

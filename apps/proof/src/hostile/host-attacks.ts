import { gzipSync } from 'node:zlib';
import type { Options, Params } from '../runners/runner.ts';
import { type Answer, endlessly, json, respond } from './server.ts';

const MiB = 1024 ** 2;
const head = (extra = '') => `HTTP/1.1 200 Whatever\r\ncontent-type: application/json\r\n${extra}`;

/** What a host is attacked with while it creates an asset. */
export interface HostAttack {
  readonly name: string;
  readonly answer: Answer;
  /** Answers before the body has come, and reads no more of it. */
  readonly early?: boolean;
  readonly params: (files: { readonly small: string; readonly large: string }) => Params;
  readonly options?: Options;
  /** Codes that the create may end with. */
  readonly ends: RegExp;
}

const byUrl = () => ({ method: 'url', url: 'https://media.invalid/a.mp4' });
const UNSURE = /^(unexpected_response|uncertain_outcome|network|timeout)$/;
/** Attacks that may end by this limit have it: an address that has never answered is asked for half a minute. */
const SOON = { timeout: 10_000 };
const answers = (attacks: Record<string, Answer>, ends = UNSURE): HostAttack[] =>
  Object.entries(attacks).map(([name, answer]) => ({
    name,
    answer,
    params: byUrl,
    ends,
    options: ends.test('timeout') ? SOON : {},
  }));

/** A gigabyte in a megabyte. Several members are one file. Source: RFC 1952, 2.2. */
const bomb = () => Buffer.concat(new Array(16).fill(gzipSync(Buffer.alloc(64 * MiB))));

const SIZE = 1_000_000;

/** A session as the platform would open it for a file of a million bytes, but for the lie. */
const session = (lie: Record<string, unknown>): Answer => {
  return (socket, request) =>
    json(
      {
        upload_id: 'up1',
        asset_id: '65f0a0b1c2d3e4f5a6b7c8d9',
        chunk_size: SIZE,
        total_chunks: 1,
        upload_urls: [{ chunk_index: 1, url: `http://127.0.0.1:${socket.localPort}/storage/1` }],
        upload_headers: {},
        ...lie,
      },
      201,
    )(socket, request);
};
const sessions = (lies: Record<string, Record<string, unknown>>): HostAttack[] =>
  Object.entries(lies).map(([name, lie]) => ({
    name,
    answer: session(lie),
    params: ({ small }) => ({ method: 'direct', file: { path: small } }),
    options: { upload: 'multipart' },
    ends: /^(unexpected_response|upload_session)$/,
  }));
const leadsTo = (url: string) => ({ upload_urls: [{ chunk_index: 1, url }] });
const id = (_id: string): HostAttack => ({
  name: `the asset id ${JSON.stringify(_id)}`,
  answer: json({ _id, status: 'processing' }, 201),
  params: byUrl,
  options: { waitUntilReady: true },
  ends: UNSURE,
});

export const HOST_ATTACKS: readonly HostAttack[] = [
  ...answers({
    'headers without an end': async (socket) => {
      socket.write(head());
      await endlessly(socket, `x-more: ${'a'.repeat(4_000)}\r\n`);
    },
    'interim answers without an end': (socket) =>
      endlessly(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
    'a body without an end': async (socket) => {
      socket.write(head('transfer-encoding: chunked\r\n\r\n'));
      await endlessly(socket, `4000\r\n${'a'.repeat(0x4000)}\r\n`);
    },
    'a gzip bomb': respond(200, bomb(), { 'content-encoding': 'gzip' }),
    'an HTML page': respond(200, '<!doctype html><h1>Please log in</h1>', { 'content-type': 'text/html' }),
    'nesting without an end': respond(200, '['.repeat(4 * MiB)),
    'nothing at all': () => undefined,
    'what is not HTTP': (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n'),
    'a redirect': (socket, request) =>
      respond(307, '', { location: `http://127.0.0.1:${socket.localPort}/elsewhere` })(socket, request),
    'an error message of 10 MB': json({ code: 'parameter_invalid', message: 'x'.repeat(10_000_000) }, 400),
  }).map((one) =>
    one.name.startsWith('an error')
      ? { ...one, ends: /^(api|unexpected_response|uncertain_outcome)$/, options: {} }
      : one,
  ),
  ...answers(
    {
      'an error message of 5 MB with control characters': json(
        { code: 'parameter_invalid', message: `\u001b[31m\r\nforged: line\u2028 ${'x'.repeat(5_000_000)}` },
        400,
      ),
      'the request itself, key included': (socket, { head: sent }) => respond(400, sent)(socket, noRequest),
    },
    /^api$/,
  ),
  {
    name: 'a refusal before the file was read, and no byte of it after',
    // By then more has been sent than sockets hold.
    answer: (socket, request) =>
      void setTimeout(() => json({ code: 'parameter_invalid', message: 'no' }, 400)(socket, request), 500),
    early: true,
    params: ({ large }) => ({ method: 'direct', file: { path: large } }),
    ends: /^api$/,
  },
  ...sessions({
    'chunk_size 0': { chunk_size: 0 },
    'chunk_size negative': { chunk_size: -5 },
    'chunk_size larger than the file': { chunk_size: 1e15 },
    'chunk_size of one byte': { chunk_size: 1, total_chunks: SIZE },
    'total_chunks that disagree': { total_chunks: 7 },
    'an upload id that leads elsewhere': { upload_id: '../../admin' },
    'an asset id that leads elsewhere': { asset_id: '../../admin' },
    'an upload URL on file:': leadsTo('file:///etc/passwd'),
    'an upload URL on http: off loopback': leadsTo('http://example.com/x'),
    'an upload URL in a private network': leadsTo('http://10.0.0.1/x'),
    'the upload URL of cloud metadata': leadsTo('http://169.254.169.254/latest/meta-data'),
    'an upload URL with credentials': leadsTo('https://user:s3cr3t@127.0.0.1/x'),
    'headers of its own': { upload_headers: { 'x-a': 'b\r\nx-evil: 1' } },
  }),
  ...['../../admin', '..', 'a/b', 'a%2f..', 'a?b=1', 'a\r\nx: y'].map(id),
];

const noRequest = { method: '', target: '', headers: {}, head: '', body: 0 };

import {
  type AssetsClient,
  AssetsClient as Client,
  CreateLedger,
  type HttpRequest,
  readAnswer,
  type Transport,
} from '@twelvelabs-nodes/core';
import fc from 'fast-check';
import { JumpingClock, WATCHDOG } from './clock.ts';
import { allowed, KEY } from './promises.ts';
import { target } from './target.ts';
import { junk, mutated, nasty } from './values.ts';

const ID = '65f0a0b1c2d3e4f5a6b7c8d9';
const ASSET = {
  _id: ID,
  method: 'direct',
  status: 'ready',
  filename: 'clip.mp4',
  file_type: 'video/mp4',
  size: 1000,
  duration: 5.2,
  created_at: '2026-11-22T12:00:00Z',
  user_metadata: { a: 1, b: 'x' },
  hls: { status: 'ready', manifest_url: 'https://a.b/c' },
  technical_metadata: { width: 640 },
  error: { message: 'no' },
};
const PAGE = {
  data: [ASSET, ASSET],
  page_info: { page: 1, limit_per_page: 10, total_page: 2, total_results: 12 },
};
const SESSION = {
  upload_id: 'up1',
  asset_id: ID,
  chunk_size: 1000,
  total_chunks: 1,
  upload_urls: [
    { chunk_index: 1, url: 'https://storage.example/1?sig=x', expires_at: '2026-11-22T13:00:00Z' },
  ],
  upload_headers: { 'Content-Type': 'application/octet-stream' },
  expires_at: '2026-11-23T12:00:00Z',
};
const STATUS = {
  status: 'completed',
  uploaded_chunks: [{ index: 1, status: 'completed' }],
  page_info: { total_page: 1 },
};
const PROBLEM = {
  code: 'too_many_requests',
  message: 'You have exceeded the rate limit (1req/min). Please try again later after 2026-11-22T12:00:30Z.',
  docs_url: 'x',
};

const hint = fc.oneof(
  nasty,
  fc.integer({ min: -10, max: 100_000 }).map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.date({ noInvalidDate: true }).map((date) => String(Math.floor(date.getTime() / 1000))),
  fc.constantFrom('Sun, 22 Nov 2026 12:00:10 GMT', '1795348810', '0', '99999999999999'),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'retry-after',
    'x-ratelimit-reset',
    'date',
    'etag',
    'x-request-id',
    'location',
    '__proto__',
  ),
  hint,
);
const status = fc.oneof(
  fc.constantFrom(
    200,
    200,
    200,
    201,
    204,
    301,
    400,
    401,
    403,
    404,
    408,
    409,
    413,
    429,
    429,
    500,
    502,
    503,
    504,
  ),
  fc.integer({ min: 100, max: 999 }),
);
const utf8 = new TextEncoder();
const cut = fc.option(fc.nat({ max: 400 }), { nil: undefined, freq: 4 });
/** The text of an answer: JSON of nearly the right shape, whole or cut, or anything. */
const text = fc.oneof(
  ...[
    ASSET,
    PAGE,
    SESSION,
    STATUS,
    PROBLEM,
    { upload_urls: SESSION.upload_urls },
    { total_completed: 1 },
  ].map((shape) =>
    fc.tuple(mutated(shape), cut).map(([value, length]) => (JSON.stringify(value) ?? '').slice(0, length)),
  ),
  nasty,
  junk.map((value) => JSON.stringify(value) ?? ''),
  fc.constant(`{"message": "${KEY}", "code": "\\u0074${KEY.slice(1)}"}`),
  fc.nat({ max: 200 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.constantFrom('<html><body>no</body>', '<', '<script>', '\ufeff{}', '{"a":1}{"b":2}'),
);
const bytes = fc.oneof(
  { weight: 9, arbitrary: text.map((given) => utf8.encode(given)) },
  fc.uint8Array({ maxLength: 100 }),
);
const answer = fc.record({ status, headers, bytes });
const answers = fc.array(answer, { minLength: 1, maxLength: 4 });

const file = new File([new Uint8Array(1000)], 'clip.mp4', { type: 'video/mp4' });
const options = { idleTimeout: WATCHDOG, retry: { maxAttempts: 3, maxElapsed: 60_000 } };
const token = {
  version: 1,
  upload_id: 'up1',
  asset_id: ID,
  chunk_size: 1000,
  total_chunks: 1,
  upload_headers: {},
  file: { name: 'clip.mp4', size: 1000, fingerprint: 'samples-0bdb3f45' },
} as const;

const calls: Record<string, (client: AssetsClient) => Promise<unknown>> = {
  retrieve: (client) => client.retrieve(ID, options),
  list: (client) => client.list({}, options),
  listAll: async (client) => {
    let count = 0;
    for await (const _ of client.listAll({}, options)) if (++count > 20) break;
  },
  delete: (client) => client.delete(ID, {}, options),
  update: (client) => client.updateUserMetadata(ID, { a: null }, options),
  wait: (client) =>
    client.waitUntilReady(ID, { ...options, maxWait: 60_000, waitFor: ['asset', 'hls', 'thumbnail'] }),
  direct: (client) => client.create({ method: 'direct', file }, options),
  url: (client) =>
    client.create({ method: 'url', url: 'https://example.com/a.mp4' }, { ...options, once: 'k' }),
  multipart: (client) => client.create({ method: 'direct', file }, { ...options, upload: 'multipart' }),
  resume: (client) => client.create({ method: 'direct', file }, { ...options, resume: token }),
};

/** Requests that one call may make at most, whatever it is answered. */
const MOST_REQUESTS = 3_000;

export const clientAnswers = target({
  name: 'client: answers',
  weight: 30,
  input: fc.record({ call: fc.constantFrom(...Object.keys(calls)), answers }),
  async check({ call, answers }) {
    const clock = new JumpingClock();
    let sent = 0;
    const transport: Transport = {
      async send(request: HttpRequest) {
        if (sent++ > MOST_REQUESTS) throw new Error('It never ends');
        requireSafeTarget(request);
        if (request.body) for await (const _ of request.body.stream());
        const given = answers[(sent - 1) % answers.length] as (typeof answers)[number];
        const body = (async function* () {
          yield given.bytes;
        })();
        return {
          status: given.status,
          headers: given.headers,
          body: await readAnswer(request, given.status, body, KEY),
        };
      },
    };
    const client = new Client({
      transport,
      clock,
      baseUrl: 'https://api.example/v1.3',
      ledger: new CreateLedger(),
    });
    await allowed(() => calls[call]?.(client));
    if (sent > MOST_REQUESTS) throw new Error(`${call} sent ${sent} requests`);
  },
});

function requireSafeTarget({ url, authenticated, method }: HttpRequest): void {
  const { protocol, origin, pathname } = new URL(url);
  if (protocol !== 'https:') throw new Error(`A request to ${protocol}`);
  if (!authenticated) return;
  if (origin !== 'https://api.example' || !pathname.startsWith('/v1.3/assets'))
    throw new Error(`The key went to ${url}`);
  if (/\/\.|%2e/i.test(pathname)) throw new Error(`${method} ${pathname}`);
}

import {
  AssetsClient,
  buildCreateAssetRequest,
  type CreateAssetParams,
  CreateLedger,
  type CreateOptions,
  credentials,
  type Transport,
} from '@twelvelabs-nodes/core';
import fc from 'fast-check';
import { JumpingClock, WATCHDOG } from './clock.ts';
import { allowed } from './promises.ts';
import { target } from './target.ts';
import { junk, mutated, nasty } from './values.ts';

const file = new File([new Uint8Array(1000)], 'clip.mp4', { type: 'video/mp4' });
const TOKEN = {
  version: 1,
  upload_id: 'up1',
  asset_id: '65f0a0b1c2d3e4f5a6b7c8d9',
  chunk_size: 1000,
  total_chunks: 1,
  upload_headers: { 'Content-Type': 'application/octet-stream' },
  expires_at: '2026-11-23T12:00:00Z',
  file: { name: 'clip.mp4', size: 1000, fingerprint: 'samples-0bdb3f45' },
};

function countingClient() {
  const urls: string[] = [];
  const transport: Transport = {
    async send({ url, body }) {
      urls.push(url);
      if (body) for await (const _ of body.stream());
      return { status: 400, headers: {}, body: { code: 'parameter_invalid', message: 'no' } };
    },
  };
  const clock = new JumpingClock();
  const client = new AssetsClient({
    transport,
    clock,
    baseUrl: 'https://api.example/v1.3',
    ledger: new CreateLedger(),
  });
  return { client, urls };
}

export const resumeTokens = target({
  name: 'client: resume tokens',
  weight: 10,
  input: mutated(TOKEN),
  async check(token) {
    const { client, urls } = countingClient();
    const resume = token as NonNullable<CreateOptions['resume']>;
    await allowed(() => client.create({ method: 'direct', file }, { resume, idleTimeout: WATCHDOG }));
    for (const url of urls) {
      const { pathname } = new URL(url);
      if (!/^\/v1\.3\/assets\/multipart-uploads\/\w[\w.-]*(\/[a-z-]+)?$/.test(pathname))
        throw new Error(pathname);
    }
  },
});

const media = fc.oneof(
  nasty,
  fc.constantFrom('video/mp4', 'VIDEO/MP4; x=y', 'audio/mpeg', 'image/png', 'text/plain', 'video/a\r\nb: c'),
);
const source = fc.oneof(
  junk,
  fc
    .record(
      {
        name: nasty,
        type: media,
        size: fc.oneof(fc.nat({ max: 50 }), junk),
        oneShot: fc.boolean(),
        bytes: fc.uint8Array({ maxLength: 60 }),
      },
      { requiredKeys: ['bytes'] },
    )
    .map(({ bytes, ...described }) => ({
      ...described,
      async *stream() {
        yield bytes;
      },
    })),
);
const params = fc.oneof(
  mutated({
    method: 'url',
    url: 'https://example.com/a.mp4',
    filename: 'a.mp4',
    enable_hls: true,
    enable_thumbnail: false,
    user_metadata: { a: 1 },
  }),
  fc.record(
    {
      method: fc.oneof(fc.constantFrom('direct', 'url'), junk),
      file: source,
      url: junk,
      filename: fc.oneof(nasty, junk),
      user_metadata: fc.oneof(junk, fc.dictionary(nasty, junk)),
    },
    { requiredKeys: ['method'] },
  ),
  junk,
);
const createOptions = fc.oneof(
  fc.constant({}),
  mutated({
    upload: 'auto',
    concurrency: 4,
    checkSize: true,
    once: 'k',
    waitUntilReady: { maxWait: 1000, waitFor: ['asset'] },
    timeout: 1e6,
    retry: { maxAttempts: 2 },
  }),
);

export const createInputs = target({
  name: 'client: parameters and options',
  weight: 20,
  input: fc.tuple(params, createOptions),
  async check([given, options]) {
    const { client, urls } = countingClient();
    const wanted =
      typeof options === 'object' && options !== null ? { ...options, idleTimeout: WATCHDOG } : options;
    const plan = await client
      .plan(given as CreateAssetParams, wanted as CreateOptions)
      .catch(() => undefined);
    await allowed(() => client.create(given as CreateAssetParams, wanted as CreateOptions));
    if (plan && plan.problems.length > 0 && urls.length > 0) throw new Error('Sent in spite of problems');
    let request: ReturnType<typeof buildCreateAssetRequest> | undefined;
    await allowed(() => {
      request = buildCreateAssetRequest(given as CreateAssetParams);
    });
    if (request?.body) await requireWholeForm(request.body);
  },
});

/** The size is what is sent, and no header of a part is split. */
async function requireWholeForm(
  body: NonNullable<ReturnType<typeof buildCreateAssetRequest>['body']>,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  const complete = await allowed(async () => {
    for await (const chunk of body.stream()) chunks.push(chunk);
  });
  if (!complete) return;
  const all = Buffer.concat(chunks);
  if (body.size !== undefined && body.size !== all.length)
    throw new Error(`${body.size} promised, ${all.length} sent`);
  const boundary = body.type.split('boundary=')[1] ?? '';
  for (const part of all.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const head = part.slice(2, part.indexOf('\r\n\r\n'));
    for (const line of head.split('\r\n')) {
      if (
        !/^(Content-Disposition: form-data; name="\w+"(; filename="[^"\r\n]*")?|Content-Type: [^\s;]+)$/.test(
          line,
        )
      ) {
        throw new Error(`A strange header: ${JSON.stringify(line)}`);
      }
    }
  }
}

const host = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.ipV6().map((address) => `[${address}]`),
  fc.constantFrom(
    'localhost',
    '127.0.0.1',
    '127.1',
    '[::1]',
    '0x7f.1',
    'localhost.',
    'LOCALHOST',
    'a@b',
    '127.0.0.1.evil.example',
    'localhost@evil.example',
    'evil.example#@localhost',
  ),
  nasty,
);
const address = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('https://', 'http://', 'HTTPS://', 'https:', 'http:/', 'ftp://', 'file://', ''),
      host,
      fc.constantFrom('', ':1', ':99999', ':0', ':x'),
      fc.oneof(fc.webPath(), nasty, fc.constantFrom('/v1.3', '/v1.3/', '/..', '/?', '/#', '//', '\\')),
    )
    .map((parts) => parts.join('')),
  nasty,
);

export const accounts = target({
  name: 'client: credentials and base URLs',
  weight: 10,
  input: fc.record({ apiKey: fc.oneof(nasty, junk), baseUrl: fc.oneof(address, junk) }),
  async check(given) {
    const parsed = credentials.safeParse(given);
    if (!parsed.success) return;
    const { apiKey, baseUrl } = parsed.data;
    if (!/^[\x21-\x7e]+$/.test(apiKey)) throw new Error('A key that splits a header');
    const base = new URL(baseUrl);
    const { url } = buildCreateAssetRequest({ method: 'url', url: 'https://example.com/a' }, { baseUrl });
    const sent = new URL(url);
    if (sent.origin !== base.origin) throw new Error(`${baseUrl} leads to ${url}`);
    if (!sent.pathname.endsWith('/assets') || sent.search || sent.hash)
      throw new Error(`${baseUrl} leads to ${url}`);
    const local = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(sent.hostname);
    if (sent.protocol !== 'https:' && !(sent.protocol === 'http:' && local))
      throw new Error(`In clear to ${url}`);
  },
});

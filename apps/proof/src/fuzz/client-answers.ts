import { type AssetsClient, AssetsClient as Client, CreateLedger } from '@twelvelabs-nodes/core';
import fc from 'fast-check';
import { answersLike, requireSafeTarget, scripted } from './answers.ts';
import { JumpingClock, WATCHDOG } from './clock.ts';
import { allowed } from './promises.ts';
import { target } from './target.ts';

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
export const PROBLEM = {
  code: 'too_many_requests',
  message: 'You have exceeded the rate limit (1req/min). Please try again later after 2026-11-22T12:00:30Z.',
  docs_url: 'x',
};

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

export const clientAnswers = target({
  name: 'client: answers',
  weight: 30,
  input: fc.record({
    call: fc.constantFrom(...Object.keys(calls)),
    answers: answersLike([
      ASSET,
      PAGE,
      SESSION,
      STATUS,
      PROBLEM,
      { upload_urls: SESSION.upload_urls },
      { total_completed: 1 },
    ]),
  }),
  async check({ call, answers }) {
    const { transport, requireEnd } = scripted(answers, (request) =>
      requireSafeTarget(request, '/v1.3/assets'),
    );
    const client = new Client({
      transport,
      clock: new JumpingClock(),
      baseUrl: 'https://api.example/v1.3',
      ledger: new CreateLedger(),
    });
    await allowed(() => calls[call]?.(client));
    requireEnd(call);
  },
});

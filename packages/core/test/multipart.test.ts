import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileSource, UploadSession } from '../src/index.ts';
import { fileFromPath } from '../src/node/index.ts';
import { usePlatform } from './support/platform.ts';

const CHUNK = 64 * 1024;
const platform = usePlatform({ chunkSize: CHUNK, initialUploadUrls: 5 });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let path: string;
let bytes: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'multipart-test-'));
  path = join(folder, 'large.mp4');
  // A real video with noise behind it, in a box that players skip: 24 chunks, the last one short.
  const video = await readFile(sampleVideo);
  const noise = randomBytes(23 * CHUNK + 1_000 - video.byteLength);
  noise.writeUInt32BE(noise.byteLength, 0);
  noise.write('free', 4, 'latin1');
  bytes = Buffer.concat([video, noise]);
  await writeFile(path, bytes);
});
afterAll(() => rm(folder, { recursive: true }));

const streaming = (): FileSource => ({
  name: 'large.mp4',
  type: 'video/mp4',
  size: bytes.byteLength,
  // Pieces that fit no chunk.
  async *stream() {
    for (let at = 0; at < bytes.byteLength; at += 10_007) yield bytes.subarray(at, at + 10_007);
  },
});
const sources: [string, () => Promise<FileSource>][] = [
  ['a source that can seek', () => fileFromPath(path)],
  ['a source that can only stream', async () => streaming()],
  ['a one-shot stream', async () => ({ ...streaming(), oneShot: true })],
];
const PUT = { method: 'PUT', path: '/*' };
const addFaults = (...rules: Parameters<typeof platform.emulator.addFaults>[0]) =>
  platform.emulator.addFaults(rules);
const puts = () => platform.emulator.requests().filter(({ method }) => method === 'PUT');

/** Checks that the platform put the file together byte by byte: it probes what it holds, and knows its size. */
async function expectWhole(assetId: string): Promise<void> {
  await platform.emulator.settled();
  const asset = await platform.client().client.waitUntilReady(assetId);
  expect(asset).toMatchObject({ filename: 'large.mp4', size: bytes.byteLength, file_type: 'video/mp4' });
}

describe('a multipart upload', () => {
  it.each(sources)('of %s', async (_, source) => {
    const { client } = platform.client();
    const progress: number[] = [];
    const asset = await client.create(
      { method: 'direct', file: await source(), enable_thumbnail: true, user_metadata: { batch: 7 } },
      { upload: 'multipart', concurrency: 3, onProgress: ({ sent }) => progress.push(sent) },
    );
    expect(asset).toMatchObject({ method: 'multipart', filename: 'large.mp4', user_metadata: { batch: 7 } });
    await expectWhole(asset._id);
    expect(progress.at(-1)).toBe(bytes.byteLength);
    expect(puts()).toHaveLength(24);
    expect(await platform.assets()).toEqual([asset._id]);
  });

  it('sends each chunk as it is in the file, and the key to no presigned URL', async () => {
    const { client } = platform.client();
    await client.create({ method: 'direct', file: await fileFromPath(path) }, { upload: 'multipart' });
    const expected = Array.from({ length: 24 }, (_, index) =>
      sha256(bytes.subarray(index * CHUNK, (index + 1) * CHUNK)),
    );
    const sent = puts();
    expect(sent.map(({ body }) => body?.sha256).sort()).toEqual(expected.sort());
    expect(sent.every(({ has_api_key }) => !has_api_key)).toBe(true);
  });

  it('asks for more URLs when the first set runs out', async () => {
    const { client } = platform.client();
    await client.create({ method: 'direct', file: await fileFromPath(path) }, { upload: 'multipart' });
    expect(platform.arrived('POST', /presigned-urls$/)).toBeGreaterThan(0);
  });

  it('is chosen for a file over the direct limit, and only then', async () => {
    // "200 MB" of the API reference, in the smaller of its two senses: multipart takes both.
    const size = 200_000_000;
    const limit = 200 * 1024 ** 2;
    const plan = (bytes: number, options = {}) =>
      platform.client().client.plan({ method: 'direct', file: { ...streaming(), size: bytes } }, options);
    expect(await plan(size)).toMatchObject({ route: 'direct', problems: [] });
    expect(await plan(size + 1)).toMatchObject({ route: 'multipart', problems: [] });
    expect(await plan(limit, { upload: 'direct' })).toMatchObject({ route: 'direct', problems: [] });
    expect((await plan(limit + 1, { upload: 'direct' })).problems).toMatchObject([
      { field: 'file', rule: 'size' },
    ]);
    expect((await plan(10 * 1024 ** 3 + 1)).problems).toMatchObject([{ field: 'file', rule: 'size' }]);
  });

  it.each([
    ['reset in mid-chunk', { type: 'reset', at: 'during-body', afterBytes: 1_000 }],
    ['reset after the chunk', { type: 'reset', at: 'after-body' }],
    ['reset after the chunk was stored', { type: 'reset', at: 'after-stored' }],
    ['expired URL', { type: 'expired-url' }],
    ['HTTP 500 from the storage', { type: 'respond', status: 500, body: '<Error/>' }],
    ['HTTP 503 from the storage', { type: 'respond', status: 503 }],
    ['corrupted ETag', { type: 'corrupt-etag' }],
  ] as const)('survives: %s', async (_, action) => {
    addFaults({ match: { ...PUT, nth: 3, times: 4 }, action });
    const { client } = platform.client();
    const asset = await client.create(
      { method: 'direct', file: await fileFromPath(path) },
      { upload: 'multipart' },
    );
    await expectWhole(asset._id);
    expect(await platform.assets()).toEqual([asset._id]);
  });

  it.each([
    ['opening the session', { method: 'POST', path: '/v1.3/assets/multipart-uploads' }],
    ['reporting', { method: 'POST', path: '/v1.3/assets/multipart-uploads/*' }],
    ['asking for URLs', { method: 'POST', path: '/v1.3/assets/multipart-uploads/*/presigned-urls' }],
    ['asking for the state', { method: 'GET', path: '/v1.3/assets/multipart-uploads/*' }],
  ])('survives a lost answer when %s', async (_, match) => {
    addFaults({ match, action: { type: 'reset', at: 'after-stored' } });
    const { client } = platform.client();
    const asset = await client.create(
      { method: 'direct', file: await fileFromPath(path) },
      { upload: 'multipart' },
    );
    expect(await platform.assets()).toEqual([asset._id]);
  });

  it('does not wait for a storage that asks for a day', async () => {
    const action = { type: 'respond', status: 429, headers: { 'retry-after': '86400' } } as const;
    addFaults({ match: { ...PUT, times: 'always' }, action });
    const { client } = platform.client();
    const created = client.create(
      { method: 'direct', file: await fileFromPath(path) },
      { upload: 'multipart', concurrency: 1 },
    );
    await expect(created).rejects.toMatchObject({ code: 'rate_limit', retryAfter: 86_400_000 });
    expect(puts()).toHaveLength(1);
  });

  it('gives up on a chunk after as many attempts as the policy allows', async () => {
    addFaults({ match: { ...PUT, times: 'always' }, action: { type: 'respond', status: 500 } });
    const { client } = platform.client({ retry: { maxAttempts: 2 } });
    const created = client.create(
      { method: 'direct', file: await fileFromPath(path) },
      { upload: 'multipart', concurrency: 1 },
    );
    await expect(created).rejects.toMatchObject({ code: 'api', status: 500 });
    expect(puts()).toHaveLength(2);
    expect(await platform.assets()).toEqual([]);
  });
});

describe('resuming', () => {
  /** Uploads up to the 18th chunk, and gives what is needed to go on, as a host would have stored it. */
  async function interruptedWith(file: FileSource): Promise<UploadSession> {
    addFaults({
      match: { ...PUT, nth: 18, times: 1 },
      action: { type: 'redirect', location: 'https://example.org/' },
    });
    let session: UploadSession | undefined;
    const { client } = platform.client();
    const created = client.create(
      { method: 'direct', file },
      { upload: 'multipart', concurrency: 1, onSession: (begun) => (session = begun) },
    );
    await expect(created).rejects.toMatchObject({ code: 'unexpected_response' });
    return JSON.parse(JSON.stringify(session)) as UploadSession;
  }

  it.each(sources.slice(0, 2))('sends only what the platform misses, from %s', async (_, source) => {
    const session = await interruptedWith(await source());
    const before = puts().length;
    const { client } = platform.client();
    const asset = await client.create({ method: 'direct', file: await source() }, { resume: session });
    expect(asset._id).toBe(session.asset_id);
    expect(puts().length - before).toBe(24 - 17);
    await expectWhole(asset._id);
  });

  it('holds no secret in its token', async () => {
    const session = await interruptedWith(await fileFromPath(path));
    const text = JSON.stringify(session);
    expect(text).not.toContain(platform.emulator.apiKey);
    expect(text).not.toContain('http');
  });

  it.each([
    ['another name', async () => ({ ...(await fileFromPath(path)), name: 'other.mp4' }), /the name differs/],
    ['another size', async () => ({ ...streaming(), size: bytes.byteLength + 1 }), /the size differs/],
    [
      'other content',
      async () => new File([randomBytes(bytes.byteLength)], 'large.mp4', { type: 'video/mp4' }),
      /the content differs/,
    ],
  ])('refuses a file with %s', async (_, file, message) => {
    const session = await interruptedWith(await fileFromPath(path));
    const created = platform
      .client()
      .client.create({ method: 'direct', file: await file() }, { resume: session });
    await expect(created).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['no token', 'abc'],
    ['a token of another version', { version: 2 }],
    ['numbers that make no sense', { chunk_size: -1 }],
  ])('refuses %s before anything is sent', async (_, change) => {
    const session = await interruptedWith(await fileFromPath(path));
    const before = platform.emulator.requests().length;
    const resume = (typeof change === 'string' ? change : { ...session, ...change }) as UploadSession;
    const created = platform
      .client()
      .client.create({ method: 'direct', file: await fileFromPath(path) }, { resume });
    await expect(created).rejects.toMatchObject({ code: 'validation' });
    expect(platform.emulator.requests().length).toBe(before);
  });

  it('says that a session has expired', async () => {
    const session = await interruptedWith(await fileFromPath(path));
    platform.emulator.advanceClock(25 * 3_600_000);
    const created = platform
      .client()
      .client.create({ method: 'direct', file: await fileFromPath(path) }, { resume: session });
    await expect(created).rejects.toMatchObject({ code: 'upload_session', reason: 'expired' });
  });

  it('says that the platform does not know a session', async () => {
    const session = {
      ...(await interruptedWith(await fileFromPath(path))),
      upload_id: '0123456789abcdef01234567',
    };
    const created = platform
      .client()
      .client.create({ method: 'direct', file: await fileFromPath(path) }, { resume: session });
    await expect(created).rejects.toMatchObject({ code: 'upload_session', reason: 'unknown' });
  });

  it('gives the asset of a session that was complete', async () => {
    let session: UploadSession | undefined;
    const { client } = platform.client();
    const file = await fileFromPath(path);
    const asset = await client.create(
      { method: 'direct', file },
      { upload: 'multipart', onSession: (begun) => (session = begun) },
    );
    if (!session) throw new Error('no session was told');
    const again = await client.create({ method: 'direct', file }, { resume: session });
    expect(again._id).toBe(asset._id);
    expect(puts()).toHaveLength(24);
  });
});

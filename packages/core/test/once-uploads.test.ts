import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it, vi } from 'vitest';
import { type Asset, AssetsClient, CreateLedger, type CreateOptions, type FileSource } from '../src/index.ts';
import { fileFromBuffer, undiciTransport } from '../src/node/index.ts';
import { usePlatform } from './support/platform.ts';
import { VirtualClock } from './support/virtual-clock.ts';

const CHUNK = 64 * 1024;
const CHUNKS = 8;
const platform = usePlatform({ chunkSize: CHUNK });

const fileOf = (bytes: Buffer): FileSource => fileFromBuffer(bytes, { name: 'clip.mp4', type: 'video/mp4' });
const bytes = randomBytes(CHUNK * CHUNKS);
const file = fileOf(bytes);
const puts = () => platform.emulator.requests().filter(({ method }) => method === 'PUT').length;

/** A run in another process, or on another machine: it shares nothing with this one. */
const run = (source: FileSource, options: CreateOptions = {}) =>
  platform
    .client({ ledger: new CreateLedger() })
    .client.create({ method: 'direct', file: source }, { once: 'job', upload: 'multipart', ...options });

/** A run that ends in the middle, as a kill would end it. */
async function interrupted(chunks = 3): Promise<string> {
  const cancel = new AbortController();
  let assetId = '';
  const action = { type: 'stall', while: 'reading' } as const;
  platform.emulator.addFaults([{ match: { method: 'PUT', nth: chunks + 1 }, action }]);
  const before = puts();
  const created = run(file, {
    concurrency: 1,
    signal: cancel.signal,
    onSession: ({ asset_id }) => {
      assetId = asset_id;
    },
  });
  const failed = expect(created).rejects.toMatchObject({ code: 'aborted' });
  await vi.waitFor(() => expect(puts() - before).toBe(chunks + 1), { timeout: 20_000 });
  cancel.abort();
  await failed;
  return assetId;
}

describe('an interrupted upload with a create-once key', () => {
  it.each(['/v1.3/assets', '/v1.3/assets/multipart-uploads/*'])(
    'names its asset when reading %s fails',
    async (path) => {
      const assetId = await interrupted();
      const match = { method: 'GET', path, nth: path.endsWith('*') ? 1 : 3, times: 'always' } as const;
      platform.emulator.addFaults([{ match, action: { type: 'respond', status: 403 } }]);
      // This run opens a session of its own before it reads the third list.
      const source = path.endsWith('*') ? file : fileOf(randomBytes(CHUNK * CHUNKS));
      const failed = await run(source).catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: 'authentication', assetId: expect.any(String) });
      if (source === file) expect(failed).toMatchObject({ assetId });
    },
  );

  it('is continued by the next run, which sends only what is missing', async () => {
    const assetId = await interrupted();
    const before = puts();
    expect((await run(file))._id).toBe(assetId);
    expect(puts() - before).toBe(CHUNKS - 3);
    expect(await platform.assets()).toEqual([assetId]);
  });

  it('is continued when the platform took no metadata for it', async () => {
    const match = { method: 'PATCH', times: 'always' } as const;
    platform.emulator.addFaults([{ match, action: { type: 'respond', status: 404, body: { code: 'no' } } }]);
    const assetId = await interrupted();
    const before = puts();
    expect((await run(file))._id).toBe(assetId);
    expect(puts() - before).toBe(CHUNKS - 3);
  });

  it('starts over for a different file', async () => {
    const assetId = await interrupted();
    const other = await run(fileOf(randomBytes(CHUNK * CHUNKS)));
    expect(other._id).not.toBe(assetId);
  });

  it('starts over when its session has expired', async () => {
    const assetId = await interrupted();
    const answer = { upload_id: 'x', status: 'expired', uploaded_chunks: [] };
    platform.emulator.addFaults([
      {
        match: { method: 'GET', path: '/v1.3/assets/multipart-uploads/*', times: 2 },
        action: { type: 'respond', status: 200, body: answer },
      },
    ]);
    expect((await run(file))._id).not.toBe(assetId);
  });

  it('is found by a third run once it is complete', async () => {
    const assetId = await interrupted();
    await run(file);
    const before = puts();
    expect(await run(file)).toMatchObject({ _id: assetId, user_metadata: { create_once_key: 'job' } });
    expect(puts()).toBe(before);
  });
});

describe('two runs at the same time end in the same asset', () => {
  /** The requests with which a run opens its session, searches for other runs, and stores the session. */
  const STEPS = { open: /^POST .*multipart-uploads$/, search: /^GET .*\/assets\?/, store: /^PATCH / };
  type Step = keyof typeof STEPS;

  /** A run whose steps wait for promises. Its first searches, before it opens a session, are no step. */
  function runInSteps(waits: { readonly [S in Step]?: Promise<void> }) {
    const reached = { open: Promise.withResolvers<void>(), done: Promise.withResolvers<void>() };
    const { apiKey, baseUrl } = platform.emulator;
    const transport = undiciTransport({ apiKey, baseUrl });
    let isOpen = false;
    const client = new AssetsClient({
      baseUrl,
      clock: new VirtualClock(),
      ledger: new CreateLedger(),
      transport: {
        async send(request, signal) {
          const is = (step: Step) => STEPS[step].test(`${request.method} ${request.url}`);
          if (is('open')) reached.open.resolve();
          for (const step of ['open', 'search', 'store'] as const)
            if (is(step) && (isOpen || step === 'open')) await waits[step];
          const response = await transport.send(request, signal);
          if (isOpen && is('search')) reached.done.resolve();
          isOpen ||= is('open');
          return response;
        },
      },
    });
    const created = client.create({ method: 'direct', file }, { once: 'job', upload: 'multipart' });
    return { created, isOpening: reached.open.promise, hasSearched: reached.done.promise };
  }

  async function expectOne(...runs: readonly Promise<Asset>[]): Promise<void> {
    const [one, other] = await Promise.all(runs);
    expect(other?._id).toBe(one?._id);
    expect(await platform.assets()).toEqual([one?._id]);
  }

  // Random ids decide some of these races.
  const races = Array.from({ length: 6 }, (_, race) => race);

  it.each(races)('however they meet (%i)', () => expectOne(run(file), run(file)));

  it.each(races)('when one searches before the other begins, and stores its session later (%i)', async () => {
    const mayOpen = Promise.withResolvers<void>();
    const otherMayOpen = Promise.withResolvers<void>();
    const mayStore = Promise.withResolvers<void>();
    const one = runInSteps({ open: mayOpen.promise, store: mayStore.promise });
    const other = runInSteps({ open: otherMayOpen.promise });
    await Promise.all([one.isOpening, other.isOpening]);
    mayOpen.resolve();
    await one.hasSearched;
    otherMayOpen.resolve();
    await other.hasSearched;
    mayStore.resolve();
    await expectOne(one.created, other.created);
  });

  it.each(races)('when both have begun before either searches (%i)', async () => {
    const maySearch = Promise.withResolvers<void>();
    const mayOpen = Promise.withResolvers<void>();
    const one = runInSteps({ open: mayOpen.promise, search: maySearch.promise });
    const other = runInSteps({ open: mayOpen.promise, search: maySearch.promise });
    await Promise.all([one.isOpening, other.isOpening]);
    mayOpen.resolve();
    await vi.waitFor(() => expect(platform.arrived('POST', /multipart-uploads$/)).toBe(2), {
      timeout: 20_000,
    });
    maySearch.resolve();
    await expectOne(one.created, other.created);
  });
});

it('a key finds its asset under another name', async () => {
  const video = fileOf(await readFile(sampleVideo));
  const direct = { upload: 'direct' } as const;
  const first = await run({ ...video, name: 'tmp-1f3a.mp4' }, direct);
  expect((await run({ ...video, name: 'tmp-9c2b.mp4' }, direct))._id).toBe(first._id);
});

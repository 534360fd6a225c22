import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import { AssetsClient, TwelveLabsError, type WaitOptions } from '../src/index.ts';
import { undiciTransport } from '../src/node/index.ts';
import { withOutage } from './support/outage.ts';
import { usePlatform } from './support/platform.ts';
import { VirtualClock } from './support/virtual-clock.ts';

const platform = usePlatform({ processingMs: 0 });
const MiB = 1024 ** 2;

let video: File;
beforeAll(async () => {
  video = new File([await readFile(sampleVideo)], 'video.mp4', { type: 'video/mp4' });
});

type From = Parameters<typeof withOutage>[2];

/** A client whose network is gone for a while. The platform has answered before, as in any process at work. */
async function clientWith(from: From, lasts: number) {
  const { apiKey, baseUrl } = platform.emulator;
  const clock = new VirtualClock();
  const transport = undiciTransport({ apiKey, baseUrl });
  await new AssetsClient({ transport, clock, baseUrl }).list();
  return {
    clock,
    client: new AssetsClient({ transport: withOutage(transport, clock, from, lasts), clock, baseUrl }),
  };
}

const first = () => true;
const isPut: From = ({ method }) => method === 'PUT';
const failure = (work: Promise<unknown>): Promise<TwelveLabsError> =>
  work.then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => (TwelveLabsError.is(error) ? error : expect.unreachable(String(error))),
  );

describe('an outage', () => {
  it.each([15_000, 60_000])('of %i ms during a direct upload ends in one asset', async (lasts) => {
    const { client } = await clientWith(first, lasts);
    const { _id } = await client.create({ method: 'direct', file: video });
    expect(await platform.assets()).toEqual([_id]);
  });

  it.each([15_000, 60_000])('of %i ms during a multipart upload ends in one asset', async (lasts) => {
    const { client } = await clientWith(isPut, lasts);
    const { _id } = await client.create({ method: 'direct', file: video }, { upload: 'multipart' });
    expect(await platform.assets()).toEqual([_id]);
  });

  it('that outlasts the patience fails, and says since when', async () => {
    const { client } = await clientWith(first, 86_400_000);
    const since: number[] = [];
    const started = Date.parse('2026-11-22T12:00:00Z');
    const error = await failure(
      client.retrieve('65f0a0b1c2d3e4f5a6b7c8d9', {
        retry: { maxElapsed: 120_000 },
        onRetry: (event) => since.push(event.since),
      }),
    );
    expect(error.code).toBe('network');
    expect(new Set(since)).toEqual(new Set([started]));
  });

  it('at an origin that has never answered is taken for a typo after 30 s', async () => {
    const clock = new VirtualClock();
    const baseUrl = 'http://127.0.0.1:9/v1.3';
    const transport = undiciTransport({ apiKey: 'k', baseUrl });
    const client = new AssetsClient({ transport, clock, baseUrl });
    expect((await failure(client.list())).code).toBe('network');
    const waited = clock.slept.reduce((sum, one) => sum + one, 0);
    expect(waited).toBeGreaterThan(10_000);
    expect(waited).toBeLessThanOrEqual(30_000);
  });
});

describe('a wait', () => {
  const create = async (client: AssetsClient, wait: WaitOptions = {}) =>
    client.create({ method: 'direct', file: video }, { waitUntilReady: wait });
  const afterCreate = (
    action: Parameters<typeof platform.emulator.addFaults>[0][number]['action'],
    times = 1,
  ) => platform.emulator.addFaults([{ match: { method: 'GET', path: '/v1.3/assets/*', times }, action }]);

  it.each([
    ['HTTP 500', { type: 'respond', status: 500, body: { code: 'internal', message: 'oops' } }],
    ['HTTP 520', { type: 'respond', status: 520, body: '<html>error</html>' }],
    ["a proxy's page", { type: 'respond', status: 200, body: '<html>Please log in</html>' }],
    ['a redirect to a login', { type: 'redirect', location: 'https://login.example/' }],
    ['a rate limit', { type: 'respond', status: 429, headers: { 'retry-after': '2' } }],
    ['a reset connection', { type: 'reset', at: 'before-reading' }],
    [
      'an asset that is not there yet',
      { type: 'respond', status: 404, body: { code: 'resource_not_exist' } },
    ],
  ] as const)('outlasts %s', async (_, action) => {
    afterCreate(action, 3);
    const { client } = platform.client();
    expect((await create(client)).status).toBe('ready');
    expect(await platform.assets()).toHaveLength(1);
  });

  it('outlasts connections that are refused for a minute right after the create', async () => {
    const { client } = await clientWith(
      ({ method, url }) => method === 'GET' && !url.endsWith('/assets'),
      60_000,
    );
    expect((await create(client)).status).toBe('ready');
  });

  it.each([
    [401, 'authentication'],
    [403, 'authentication'],
  ])('ends with HTTP %i, and its error has the id', async (status, code) => {
    afterCreate({ type: 'respond', status, body: { code: 'api_key_invalid', message: 'no' } });
    const { client } = platform.client();
    const error = await failure(create(client));
    const [assetId] = await platform.assets();
    expect(error).toMatchObject({ code, assetId, resource: 'asset', id: assetId });
    expect(error.toJSON()).toMatchObject({ assetId });
  });

  it('for an id from outside ends with HTTP 404', async () => {
    const { client } = platform.client();
    const id = '65f0a0b1c2d3e4f5a6b7c8d9';
    expect(await failure(client.waitUntilReady(id))).toMatchObject({ code: 'api', assetId: id });
    expect(platform.arrived('GET', `/v1.3/assets/${id}`)).toBe(1);
  });

  it('that the platform never answers ends at its limit, with the id and the reason', async () => {
    const { client } = await clientWith(({ method }) => method === 'GET', 86_400_000);
    const error = await failure(create(client, { maxWait: 40_000 }));
    const [assetId] = await platform.assets();
    expect(error).toMatchObject({ name: 'WaitTimeoutError', assetId });
    expect(error.message).toContain('the last request failed: No response from');
  });

  it('that the caller cancels has the id', async () => {
    const { client } = platform.client();
    const cancel = new AbortController();
    const created = client.create(
      { method: 'direct', file: video },
      { signal: cancel.signal, waitUntilReady: true, onAsset: () => cancel.abort() },
    );
    expect(await failure(created)).toMatchObject({ code: 'aborted', assetId: (await platform.assets())[0] });
  });
});

describe('a large direct upload that keeps breaking', () => {
  const breaking = (times: number) =>
    platform.emulator.addFaults([
      {
        match: { method: 'POST', path: '/v1.3/assets', times },
        action: { type: 'reset', at: 'during-body', afterBytes: MiB },
      },
    ]);
  const large = (type: string) => new File([randomBytes(33 * MiB)], 'large', { type });

  it('continues in chunks after two breaks', async () => {
    breaking(2);
    const { client } = platform.client();
    const asset = await client.create({ method: 'direct', file: large('video/mp4') });
    expect(asset.method).toBe('multipart');
    expect(await platform.assets()).toEqual([asset._id]);
  });

  it('stays direct where the caller says so', async () => {
    breaking(3);
    const { client } = platform.client();
    const asset = await client.create({ method: 'direct', file: large('video/mp4') }, { upload: 'direct' });
    expect(asset.method).toBe('direct');
  });
});

import { readFile } from 'node:fs/promises';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CreateLedger, type FileSource } from '../src/index.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform();
const CREATE = { method: 'POST', path: '/v1.3/assets' };

let video: File;
beforeAll(async () => {
  video = new File([await readFile(sampleVideo)], 'video.mp4', { type: 'video/mp4' });
});

const fault = (action: Parameters<typeof platform.emulator.addFaults>[0][number]['action'], match = {}) =>
  platform.emulator.addFaults([{ match: { ...CREATE, ...match }, action }]);
const creates = () => platform.arrived('POST', '/v1.3/assets');

describe('an answer that created nothing', () => {
  it.each([408, 429, 502, 503, 504])('HTTP %i is tried again, with one asset in the end', async (status) => {
    fault({ type: 'respond', status, body: { code: 'x', message: 'later' } }, { times: 2 });
    const { client } = platform.client();
    const asset = await client.create({ method: 'direct', file: video });
    expect(await platform.assets()).toEqual([asset._id]);
    expect(creates()).toBe(3);
  });

  it.each([400, 401, 403, 404, 409, 413, 422])('HTTP %i is final', async (status) => {
    fault({ type: 'respond', status, body: { code: 'parameter_invalid', message: 'no' } });
    const { client } = platform.client();
    await expect(client.create({ method: 'direct', file: video })).rejects.toMatchObject({
      status,
      apiMessage: 'no',
    });
    expect(creates()).toBe(1);
  });

  it('HTTP 500 is final, after a look', async () => {
    fault({ type: 'respond', status: 500, body: { code: 'internal', message: 'oops' } });
    const { client } = platform.client();
    await expect(client.create({ method: 'direct', file: video })).rejects.toMatchObject({ code: 'api' });
    expect(creates()).toBe(1);
    expect(await platform.assets()).toEqual([]);
  });

  it('stops after as many attempts as the policy allows', async () => {
    fault({ type: 'respond', status: 502 }, { times: 'always' });
    const { client } = platform.client({ retry: { maxAttempts: 3 } });
    await expect(client.create({ method: 'direct', file: video })).rejects.toMatchObject({ status: 502 });
    expect(creates()).toBe(3);
  });
});

it('a key that is refused while looking for a lost answer is the reason, not an uncertain outcome', async () => {
  fault({ type: 'reset', at: 'after-body' });
  const refused = { type: 'respond', status: 401, body: { code: 'api_key_invalid', message: 'no' } } as const;
  platform.emulator.addFaults([{ match: { method: 'GET' }, action: refused }]);
  const { client } = platform.client();
  const created = client.create({ method: 'direct', file: video });
  await expect(created).rejects.toMatchObject({ code: 'authentication' });
  expect(creates()).toBe(1);
});

it.each([
  ['in another form of Unicode', 'e\u0301', '\u00e9'],
  ['without blanks at its ends', ' spring ', 'spring'],
  ['not at all, when it is empty', '', undefined],
])('an asset whose answer is lost is found when metadata is stored %s', async (_, given, stored) => {
  fault({ type: 'reset', at: 'after-stored' });
  const { client } = platform.client({ ledger: new CreateLedger() });
  const asset = {
    _id: '65f0a0b1c2d3e4f5a6b7c8d9',
    method: 'direct',
    filename: 'video.mp4',
    user_metadata: { season: stored },
  };
  platform.emulator.addFaults([
    {
      match: { method: 'GET', times: 'always' },
      action: {
        type: 'respond',
        status: 200,
        body: { data: [asset], page_info: { page: 1, total_page: 1 } },
      },
    },
  ]);
  const created = await client.create({
    method: 'direct',
    file: video,
    filename: 'video.mp4',
    user_metadata: { season: given },
  });
  expect(created._id).toBe(asset._id);
  expect(creates()).toBe(1);
});

describe('a rate limit', () => {
  it('waits for what the platform says, and tells why', async () => {
    fault({
      type: 'respond',
      status: 429,
      headers: { 'retry-after': '7' },
      body: { code: 'too_many_requests' },
    });
    const { client, clock } = platform.client();
    const retries: unknown[] = [];
    await client.create(
      { method: 'direct', file: video },
      { onRetry: ({ attempt, delay }) => retries.push({ attempt, delay }) },
    );
    expect(clock.slept).toEqual([7_499]);
    expect(retries).toEqual([{ attempt: 1, delay: 7_499 }]);
  });

  it('does not use up attempts, but ends with the time allowed', async () => {
    fault({ type: 'respond', status: 429, headers: { 'retry-after': '10' } }, { times: 'always' });
    const { client, clock } = platform.client({
      retry: { maxAttempts: 2, maxElapsed: 100_000, baseDelay: 1 },
    });
    await expect(client.create({ method: 'direct', file: video })).rejects.toMatchObject({
      code: 'rate_limit',
    });
    expect(clock.slept.length).toBeGreaterThan(2);
    expect(clock.slept.reduce((sum, delay) => sum + delay, 0)).toBeLessThanOrEqual(100_000);
  });

  it('is not waited for when it lasts longer than allowed', async () => {
    fault({ type: 'respond', status: 429, headers: { 'retry-after': '86400' } });
    const { client, clock } = platform.client();
    await expect(client.create({ method: 'direct', file: video })).rejects.toMatchObject({
      retryAfter: 86_400_000,
    });
    expect(clock.slept).toEqual([]);
  });
});

describe('a connection that breaks', () => {
  it.each(['before-reading', 'during-body'] as const)('%s: is sent again', async (at) => {
    fault({ type: 'reset', at, afterBytes: 5_000 });
    const { client } = platform.client();
    const asset = await client.create({ method: 'direct', file: video });
    expect(await platform.assets()).toEqual([asset._id]);
    expect(creates()).toBe(2);
  });

  it('after the whole body, with nothing stored: looks, then sends again', async () => {
    fault({ type: 'reset', at: 'after-body' });
    const { client } = platform.client();
    const asset = await client.create({ method: 'direct', file: video });
    expect(await platform.assets()).toEqual([asset._id]);
    expect(creates()).toBe(2);
    expect(platform.arrived('GET', '/v1.3/assets')).toBeGreaterThan(1);
  });

  it('after the asset was stored: finds it, and sends nothing again', async () => {
    fault({ type: 'reset', at: 'after-stored' });
    const { client } = platform.client();
    const asset = await client.create({ method: 'direct', file: video });
    expect(asset.filename).toBe('video.mp4');
    expect(creates()).toBe(1);
    expect(await platform.assets()).toEqual([asset._id]);
  });

  it.each([
    ['truncated', { type: 'truncate', afterBytes: 10 }],
    ['not JSON', { type: 'invalid-json' }],
    ['HTML', { type: 'content-type', body: '<html>Sign in</html>' }],
  ] as const)('an answer that is %s: finds the asset', async (_, action) => {
    fault(action);
    const { client } = platform.client();
    const asset = await client.create({ method: 'direct', file: video });
    expect(creates()).toBe(1);
    expect(await platform.assets()).toEqual([asset._id]);
  });

  it('an answer that is no answer of the platform, with no asset: says so', async () => {
    fault({ type: 'respond', status: 200, body: '<html><body>Please sign in</body></html>' });
    const { client } = platform.client();
    await expect(client.create({ method: 'direct', file: video })).rejects.toMatchObject({
      code: 'unexpected_response',
      message: expect.stringContaining('"Please sign in"'),
    });
    expect(creates()).toBe(1);
  });

  it('two equal uploads at once that both lose their answers end as two assets, each given to one', async () => {
    fault({ type: 'reset', at: 'after-stored' }, { times: 2 });
    const one = platform.client();
    const other = platform.client();
    const created = await Promise.all(
      [one, other].map(({ client }) => client.create({ method: 'direct', file: video })),
    );
    const ids = created.map(({ _id }) => _id);
    expect(new Set(ids).size).toBe(2);
    expect((await platform.assets()).sort()).toEqual(ids.sort());
  });

  it('two equal uploads at once, one stored with its answer lost and one answered, end as two assets', async () => {
    fault({ type: 'reset', at: 'after-stored' });
    const { client } = platform.client();
    const created = await Promise.all([1, 2].map(() => client.create({ method: 'direct', file: video })));
    expect(new Set(created.map(({ _id }) => _id)).size).toBe(2);
    expect(await platform.assets()).toHaveLength(2);
  });

  it('two equal uploads at once, one of them never stored, end as two assets', async () => {
    fault({ type: 'reset', at: 'after-body' });
    const { client } = platform.client();
    const created = await Promise.all([1, 2].map(() => client.create({ method: 'direct', file: video })));
    expect(new Set(created.map(({ _id }) => _id)).size).toBe(2);
    expect(await platform.assets()).toHaveLength(2);
  });

  it("is not sure when another process's equal upload may have been found", async () => {
    const { client: elsewhere } = platform.client({
      ledger: new CreateLedger(),
    });
    fault({ type: 'reset', at: 'after-stored' }, { nth: 2 });
    await elsewhere.create({ method: 'direct', file: video });
    const own = platform.client({ ledger: new CreateLedger() });
    await expect(own.client.create({ method: 'direct', file: video })).rejects.toMatchObject({
      code: 'uncertain_outcome',
      candidates: [{}, {}],
    });
  });

  it('an equal asset from before is not taken for the result', async () => {
    const before = await platform.client().client.create({ method: 'direct', file: video });
    fault({ type: 'reset', at: 'after-body' });
    const own = platform.client();
    const asset = await own.client.create({ method: 'direct', file: video });
    expect(asset._id).not.toBe(before._id);
    expect(await platform.assets()).toHaveLength(2);
  });

  it('a one-shot stream is never sent again once a byte has left', async () => {
    fault({ type: 'reset', at: 'during-body', afterBytes: 20_000 });
    const { client } = platform.client();
    const file: FileSource = {
      name: 'video.mp4',
      type: 'video/mp4',
      size: video.size,
      oneShot: true,
      stream: once(video),
    };
    await expect(client.create({ method: 'direct', file })).rejects.toMatchObject({ code: 'network' });
    expect(creates()).toBe(1);
  });
});

describe('a connection that stalls', () => {
  it('is ended by the idle limit; a stored asset is found', async () => {
    const { client, clock } = platform.client();
    fault({ type: 'stall', while: 'answering' });
    const created = client.create({ method: 'direct', file: video });
    await vi.waitFor(async () => expect(await stored()).toBe(1), { timeout: 20_000 });
    clock.passWatchdogs();
    expect((await created)._id).toBe((await platform.assets())[0]);
    expect(creates()).toBe(1);
    expect(clock.watchdogs).toBe(0);
  });

  it('in mid-upload is sent again', async () => {
    const { client, clock } = platform.client();
    fault({ type: 'stall', while: 'reading', afterBytes: 1_000 });
    const large = { ...described(), size: 64 * 1024 ** 2, stream: zeros(64 * 1024 ** 2) };
    const created = client.create({ method: 'direct', file: large });
    await vi.waitFor(() => expect(creates()).toBe(1), { timeout: 20_000 });
    clock.passWatchdogs();
    await created;
    expect(creates()).toBe(2);
    expect(await platform.assets()).toHaveLength(1);
  });
});

describe('a cancel', () => {
  it('ends the upload and closes the file', async () => {
    const { client, clock } = platform.client();
    const cancel = new AbortController();
    let closed = false;
    async function* endless() {
      try {
        for (let chunk = 0; ; chunk++) {
          if (chunk === 20) cancel.abort();
          yield new Uint8Array(65_536);
        }
      } finally {
        closed = true;
      }
    }
    const file: FileSource = { ...described(), size: 180 * 1024 ** 2, stream: endless };
    await expect(client.create({ method: 'direct', file }, { signal: cancel.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    await vi.waitFor(() => expect(closed).toBe(true), { timeout: 20_000 });
    expect(clock.watchdogs).toBe(0);
    expect(await platform.assets()).toEqual([]);
  });

  it('before the start sends nothing', async () => {
    const { client } = platform.client();
    await expect(
      client.create({ method: 'direct', file: video }, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(creates()).toBe(0);
  });
});

describe('a wrong key', () => {
  it('is an AuthenticationError that does not show it', async () => {
    const { client } = platform.client({ apiKey: 'tlk_wrong_key' });
    const error = await client.create({ method: 'direct', file: video }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'authentication' });
    expect(JSON.stringify(error)).not.toContain('tlk_wrong_key');
    expect(creates()).toBe(1);
  });
});

const described = () => ({ name: 'video.mp4', type: 'video/mp4' });

/** How many assets there are, asked for without a client so that no fault rule is used up. */
async function stored(): Promise<number> {
  const { baseUrl, apiKey } = platform.emulator;
  const answer = await fetch(`${baseUrl}/assets`, { headers: { 'x-api-key': apiKey } });
  return ((await answer.json()) as { data: unknown[] }).data.length;
}

function once(file: File): () => ReadableStream<Uint8Array> {
  let used = false;
  return () => {
    if (used) throw new Error('a one-shot stream was opened twice');
    used = true;
    return file.stream();
  };
}

const zeros = (size: number) =>
  async function* () {
    const block = new Uint8Array(256 * 1024);
    for (let left = size; left > 0; left -= block.byteLength)
      yield block.subarray(0, Math.min(left, block.byteLength));
  };

import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NodeRed } from '../src/index.ts';
import { enqueue, startInstance, unfinished } from '../src/scale-out/instances.ts';
import { lacksRedis, type Redis, startRedis } from '../src/scale-out/redis.ts';

interface Asset {
  _id: string;
  user_metadata?: { create_once_key?: string };
}

describe.skipIf(lacksRedis)('two instances share a queue (needs redis-server)', () => {
  let redis: Redis;
  let emulator: Emulator;
  let first: NodeRed;
  let second: NodeRed;

  beforeEach(async () => {
    redis = await startRedis();
    emulator = await startEmulator();
    const common = { account: emulator, redis, takeOverMs: 2500 };
    [first, second] = await Promise.all([
      startInstance({ ...common, name: 'first' }),
      startInstance({ ...common, name: 'second' }),
    ]);
  });
  afterEach(async () => {
    await Promise.all([first?.stop(), second?.stop()]);
    await emulator?.close();
    await redis?.[Symbol.asyncDispose]();
  });

  async function assets(): Promise<Asset[]> {
    const response = await fetch(`${emulator.baseUrl}/assets?page_limit=50`, {
      headers: { 'x-api-key': emulator.apiKey },
    });
    return ((await response.json()) as { data: Asset[] }).data;
  }

  const keysOf = (all: Asset[]) => all.map((asset) => asset.user_metadata?.create_once_key ?? '').sort();
  const finished = () => expect.poll(() => unfinished(redis), { timeout: 30_000, interval: 200 }).toBe(0);

  test('40 files: each one asset, both at work', async () => {
    const entries: string[] = [];
    for (let i = 0; i < 40; i++) entries.push(await enqueue(redis, sampleImage));
    await finished();
    expect(keysOf(await assets())).toEqual(entries.map((id) => `redis:uploads:${id}`).sort());
    const consumers = await redis.command('XINFO', 'CONSUMERS', 'uploads', 'workers');
    expect(consumers).toContain('first');
    expect(consumers).toContain('second');
    expect(emulator.requests().filter(({ method }) => method === 'POST')).toHaveLength(40);
  });

  test('one is killed in mid-upload: the other takes the entry over, and there is one asset', async () => {
    await second.stop();
    const folder = await mkdtemp(path.join(tmpdir(), 'scale-out-'));
    try {
      const file = path.join(folder, 'large.mp4');
      await writeFile(file, '');
      await truncate(file, 100 * 1024 ** 2);
      emulator.addFaults([
        {
          match: { method: 'POST', path: '/v1.3/assets' },
          action: { type: 'stall', while: 'reading', afterBytes: 1_000_000 },
        },
      ]);
      const entry = await enqueue(redis, file);
      await expect.poll(() => emulator.faults()[0]?.played, { timeout: 10_000 }).toBe(1);
      second = await startInstance({ name: 'second', account: emulator, redis, takeOverMs: 2500 });
      await first.stop('SIGKILL');
      await finished();
      expect(keysOf(await assets())).toEqual([`redis:uploads:${entry}`]);
      expect(second.log).toContain(`taking over ${entry}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("one is killed between the platform's answer and the acknowledgement: still one asset", async () => {
    await second.stop();
    // The asset is stored, and its answer takes longer than the instance lives.
    emulator.addFaults([
      { match: { method: 'POST', path: '/v1.3/assets' }, action: { type: 'delay', beforeHeadersMs: 60_000 } },
    ]);
    const entry = await enqueue(redis, sampleImage);
    await expect.poll(async () => (await assets()).length, { timeout: 10_000 }).toBe(1);
    second = await startInstance({ name: 'second', account: emulator, redis, takeOverMs: 2500 });
    await first.stop('SIGKILL');
    await finished();
    expect(keysOf(await assets())).toEqual([`redis:uploads:${entry}`]);
    expect(second.log).toContain(`taking over ${entry}`);
  });

  test('what can never work is set aside with the reason, and does not hold up the rest', async () => {
    await enqueue(redis, '/nowhere/at-all.mp4');
    const entry = await enqueue(redis, sampleImage);
    await finished();
    expect(keysOf(await assets())).toEqual([`redis:uploads:${entry}`]);
    expect(await redis.command('XRANGE', 'uploads:failed', '-', '+')).toContain('there is no file');
  });
});

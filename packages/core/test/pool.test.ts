import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pool, RateLimitError } from '../src/index.ts';
import { VirtualClock } from './support/virtual-clock.ts';

/** Tasks that end when a test says so. */
function tasks(pool: Pool) {
  const running = new Map<string, { end(): void; fail(error: Error): void; release(): void }>();
  const started: string[] = [];
  const ended: Promise<unknown>[] = [];
  const add = (name: string, bytes?: number, signal?: AbortSignal) => {
    const work = (release: () => void) =>
      new Promise<string>((resolve, reject) => {
        started.push(name);
        const end = () => {
          running.delete(name);
          resolve(name);
        };
        running.set(name, { end, fail: reject, release });
      });
    const ending = pool.run({ bytes, signal, work });
    ended.push(ending.catch(() => undefined));
    return ending;
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { add, running, started, settle, ended };
}

const limited = (delay: number) => ({
  error: new RateLimitError({ status: 429, method: 'POST', path: '/v1.3/assets' }),
  delay,
});

describe('a pool', () => {
  it('never runs more tasks or bytes at once than its limits, and starts all of them in order', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 5 }), async (given, count) => {
        const pool = new Pool(new VirtualClock(), { count, bytes: 10 });
        const { add, running, started, settle, ended } = tasks(pool);
        for (const [index, bytes] of given.entries()) void add(String(index), bytes);
        await settle();
        while (running.size > 0) {
          const bytes = [...running.keys()].map((name) => given[Number(name)] ?? 0);
          expect(running.size).toBeLessThanOrEqual(count);
          // One that is larger than the limit runs beside none that has bytes.
          if (bytes.reduce((sum, one) => sum + one, 0) > 10) expect(bytes.filter(Boolean)).toHaveLength(1);
          [...running.values()].at(-1)?.end();
          await settle();
        }
        expect(started).toEqual(given.map((_, index) => String(index)));
        await Promise.all(ended);
        expect(pool.waiting).toBe(0);
      }),
    );
  });

  it('gives a place to the next when a task releases it, fails, or is canceled while it waits', async () => {
    const pool = new Pool(new VirtualClock(), { count: 1 });
    const { add, running, started, settle } = tasks(pool);
    const first = add('first');
    const second = add('second');
    const canceled = new AbortController();
    const third = add('third', 0, canceled.signal);
    void add('fourth');
    await settle();
    expect(started).toEqual(['first']);
    running.get('first')?.release();
    await settle();
    expect(started).toEqual(['first', 'second']);
    canceled.abort();
    await expect(third).rejects.toMatchObject({ code: 'aborted' });
    running.get('second')?.fail(new Error('no'));
    await expect(second).rejects.toThrow('no');
    await settle();
    expect(started).toEqual(['first', 'second', 'fourth']);
    running.get('first')?.end();
    expect(await first).toBe('first');
    // Released once, and not again at its end.
    const fifth = add('fifth');
    await settle();
    expect(started).not.toContain('fifth');
    running.get('fourth')?.end();
    await settle();
    running.get('fifth')?.end();
    expect(await fifth).toBe('fifth');
  });

  it('starts nothing until the limit of the platform is over', async () => {
    const clock = new VirtualClock();
    const pool = new Pool(clock, { count: 2 });
    const from = clock.now();
    pool.onRetry(limited(2_000));
    pool.onRetry(limited(500));
    const times = await Promise.all([1, 2, 3].map(() => pool.run({ work: async () => clock.now() - from })));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(2_000);
  });

  it('counts those that wait, and reports each change', async () => {
    const counts: number[] = [];
    const clock = new VirtualClock();
    const pool = new Pool(clock, { count: 1, onWaiting: (waiting) => counts.push(waiting) });
    const { add, running, settle } = tasks(pool);
    const canceled = new AbortController();
    const [first, second] = [add('first'), add('second')];
    const third = add('third', 0, canceled.signal);
    await settle();
    expect(pool.waiting).toBe(2);
    canceled.abort();
    await expect(third).rejects.toMatchObject({ code: 'aborted' });
    running.get('first')?.end();
    await first;
    await settle();
    running.get('second')?.end();
    await second;
    expect(counts).toEqual([1, 2, 1, 0]);
    pool.onRetry(limited(2_000));
    await pool.run({ work: async () => expect(pool.waiting).toBe(0) });
    expect(counts.slice(4)).toEqual([1, 0]);
  });

  it('a cancel ends the waiting for the limit, and frees the place', async () => {
    const pool = new Pool(new VirtualClock(), { count: 1 });
    pool.onRetry(limited(3_600_000));
    const { add } = tasks(pool);
    const canceled = new AbortController();
    const task = add('one', 0, canceled.signal);
    canceled.abort();
    await expect(task).rejects.toMatchObject({ code: 'aborted' });
  });
});

import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { assetsOn } from '../platform.ts';
import type { Account, Many, Runner } from '../runners/runner.ts';

export interface LoadOptions {
  readonly creates: number;
  /** Requests that the platform allows in a window, for creates and for all others. */
  readonly limit: number;
  readonly windowSeconds: number;
  readonly key: string;
}

export interface LoadResult {
  readonly runner: Runner['name'];
  readonly creates: number;
  readonly failed: readonly string[];
  readonly doubled: number;
  readonly missing: number;
  /** Answers 429. */
  readonly refused: number;
  /** Most creates that the platform took in any of its windows. */
  readonly mostInWindow: number;
  readonly took: number;
}

/** Many creates at once under a rate limit; what the platform's journal says is what counts. */
export async function runLoad(runner: Runner, options: LoadOptions): Promise<LoadResult> {
  const { creates, limit, windowSeconds, key } = options;
  await using emulator = await startEmulator({
    apiKeys: [key],
    ffmpeg: false,
    journalSize: creates * 60,
    rateLimit: { limit, windowSeconds },
  });
  const started = performance.now();
  const names = Array.from({ length: creates }, (_, index) => `load-${index}.mp4`);
  const account = { baseUrl: emulator.baseUrl, apiKey: key };
  const many = { path: sampleVideo, names };
  const failed = await (runner.createMany?.(many, account) ?? createEach(runner, many, account));
  const took = Math.round(performance.now() - started);
  const posts = emulator
    .requests()
    .filter(({ method, path }) => method === 'POST' && path === '/v1.3/assets');
  const taken = posts.filter(({ status }) => status === 201).map(({ time }) => Date.parse(time));
  // The look below is not to be limited.
  emulator.advanceClock(windowSeconds * 1000);
  const found = await namesOn(emulator, windowSeconds);
  const counts = new Map<string, number>();
  for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    runner: runner.name,
    creates,
    failed,
    doubled: [...counts.values()].filter((count) => count > 1).length,
    missing: creates - failed.length - counts.size,
    refused: posts.filter(({ status }) => status === 429).length,
    mostInWindow: mostInWindow(taken, windowSeconds * 1000),
    took,
  };
}

/** Creates of a program of one's own that are under way at once: core has no setting for it. */
const AT_ONCE = 50;

async function createEach(runner: Runner, { path, names }: Many, account: Account): Promise<string[]> {
  const failed: string[] = [];
  await each(names.length, AT_ONCE, async (index) => {
    const params = { method: 'direct', file: { path }, filename: names[index] };
    const { error } = await runner.create(params, {}, account);
    if (error) failed.push(`${names[index]}: ${error.message}`);
  });
  return failed;
}

/** The emulator's windows begin with their first request, as its rate limit does. */
function mostInWindow(times: readonly number[], window: number): number {
  let most = 0;
  for (let start = 0; start < times.length; ) {
    const ends = (times[start] ?? 0) + window;
    const count = times.slice(start).filter((time) => time < ends).length;
    most = Math.max(most, count);
    start += Math.max(1, count);
  }
  return most;
}

async function namesOn(
  emulator: Awaited<ReturnType<typeof startEmulator>>,
  windowSeconds: number,
): Promise<string[]> {
  for (;;) {
    try {
      return (await assetsOn(emulator)).map(({ filename }) => String(filename));
    } catch {
      emulator.advanceClock(windowSeconds * 1000);
    }
  }
}

export async function each(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

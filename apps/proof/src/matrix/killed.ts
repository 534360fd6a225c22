import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { within } from '../deadline.ts';
import { assetsOn, clearFaults } from '../platform.ts';
import { coreRunner } from '../runners/core.ts';
import type { Runner } from '../runners/runner.ts';
import { METHODS, type Method } from './faults.ts';
import { FILE_SIZE } from './media.ts';
import { type MatrixFiles, type MatrixResult, TIME_LIMIT } from './run.ts';

/** Bytes of a chunk, and how many the platform has when the process dies. */
const CHUNK = 1024 ** 2;
const SENT_CHUNKS = 9;

/** Where each create is when the process dies: stored and unanswered, or in the middle of its tenth chunk. */
const MOMENT = {
  direct: { match: { method: 'POST', path: '/v1.3/assets' }, action: { type: 'stall', while: 'answering' } },
  url: { match: { method: 'POST', path: '/v1.3/assets' }, action: { type: 'stall', while: 'answering' } },
  multipart: {
    match: { method: 'PUT', path: '/storage/*', nth: SENT_CHUNKS + 1 },
    action: { type: 'stall', while: 'reading', afterBytes: 100 },
  },
} as const;

/**
 * Kills a runner with one create of each method under way, and lets another process run the same work again under the
 * same "create once" key: there has to be one asset each.
 */
export async function killAndRunAgain(
  runner: Runner,
  files: MatrixFiles,
  key: string,
): Promise<MatrixResult[]> {
  await using stack = new AsyncDisposableStack();
  const attempts: { method: Method; emulator: Awaited<ReturnType<typeof startEmulator>> }[] = [];
  for (const method of METHODS) {
    const emulator = stack.use(await startEmulator({ apiKeys: [key], ffmpeg: false, chunkSize: CHUNK }));
    emulator.addFaults([MOMENT[method]]);
    attempts.push({ method, emulator });
  }
  const work = (method: Method, platform: string) =>
    [
      // A real video: an asset that failed would rightly be created again.
      method === 'url'
        ? { method, url: `${platform}/samples/video.mp4` }
        : { method: 'direct', file: { path: files.video } },
      { once: `job-${method}`, ...(method === 'multipart' ? { upload: 'multipart', concurrency: 1 } : {}) },
    ] as const;
  for (const { method, emulator } of attempts) {
    // It fails when its process is killed.
    void runner
      .create(...work(method, emulator.url), { baseUrl: emulator.baseUrl, apiKey: key })
      .catch(() => undefined);
  }
  const met = attempts.map(async ({ emulator }) => {
    while (!emulator.requests().some(({ fault }) => fault !== null)) await sleep(50);
  });
  await within(TIME_LIMIT, `The creates of ${runner.name} that are to be killed`, Promise.all(met));
  // The platform has stored what it is going to be silent about.
  await sleep(500);
  process.kill(runner.pid, 'SIGKILL');
  return await Promise.all(
    attempts.map(async ({ method, emulator }) => {
      await clearFaults(emulator);
      const seen = emulator.requests().length;
      const started = performance.now();
      const again = await coreRunner().create(...work(method, emulator.url), {
        baseUrl: emulator.baseUrl,
        apiKey: key,
      });
      const assets = await assetsOn(emulator);
      const chunks = emulator
        .requests()
        .slice(seen)
        .filter((request) => request.method === 'PUT').length;
      const missing = Math.ceil(FILE_SIZE / CHUNK) - SENT_CHUNKS;
      const found = { ends: again.error ? (again.error.code ?? '') : 'created', assets: assets.length };
      const wrong = [
        ...(found.ends === 'created' ? [] : [`ends as ${found.ends}: ${again.error?.message}`]),
        ...(found.assets === 1 ? [] : [`${found.assets} assets`]),
        // One worker had a chunk under way.
        ...(chunks > missing + 1 ? [`sent ${chunks} chunks again, ${missing} were missing`] : []),
      ];
      return {
        fault: 'process killed, run again by another process',
        runner: runner.name,
        method,
        expected: { ends: 'created', assets: 1 },
        found,
        took: Math.round(performance.now() - started),
        wrong,
      };
    }),
  );
}

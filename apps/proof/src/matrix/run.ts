import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { within } from '../deadline.ts';
import { clearFaults, totalOf } from '../platform.ts';
import type { Outcome, Runner } from '../runners/runner.ts';
import { connectionsTo } from '../sockets.ts';
import {
  type Addresses,
  type Expectation,
  type Expected,
  FAULTS,
  type Fault,
  METHODS,
  type Method,
} from './faults.ts';

export interface MatrixResult {
  readonly fault: string;
  readonly runner: Runner['name'];
  readonly method: Method;
  readonly expected: Expectation;
  readonly found: Expected | undefined;
  /** Milliseconds. */
  readonly took: number;
  /** What is not as it was written down; empty when all is. */
  readonly wrong: readonly string[];
}

/** The longest that any create may take, in milliseconds. */
export const TIME_LIMIT = 90_000;

export interface MatrixFiles {
  /** Larger than what sockets hold, so that a stall is met while sending. */
  readonly video: string;
  /** A public address of the same kind. */
  readonly url: string;
}

/** Runs one create against a platform of its own. */
export async function runOne(
  fault: Fault,
  method: Method,
  runner: Runner,
  files: MatrixFiles,
  addresses: Addresses,
  key: string,
): Promise<MatrixResult> {
  const usual = fault.expected[method];
  const expected = 'because' in usual ? usual : (fault.differs?.[runner.name]?.expected ?? usual);
  const result = { fault: fault.name, runner: runner.name, method, expected };
  if ('because' in expected) return { ...result, found: undefined, took: 0, wrong: [] };
  await using emulator = await startEmulator({ apiKeys: [key], ffmpeg: false });
  const account = { baseUrl: fault.baseUrl?.(addresses) ?? emulator.baseUrl, apiKey: key };
  if (fault.isKnown) {
    await runner.create({ method: 'url', url: files.url }, {}, account);
    await emulator.reset();
  }
  await fault.cause(emulator, method, addresses);
  const params =
    method === 'url'
      ? { method: 'url', url: files.url }
      : { method: 'direct', file: { path: files.video, ...fault.file } };
  const options = {
    ...(method === 'multipart' ? { upload: 'multipart', concurrency: 2 } : {}),
    ...fault.options,
  };
  const started = performance.now();
  const limit = fault.timeLimit ?? TIME_LIMIT;
  const outcome = await within(
    2 * limit,
    `${fault.name} × ${runner.name} × ${method}`,
    runner.create(params, options, account),
  ).catch((error: Error): Outcome => ({ error: { message: error.message } }));
  const took = Math.round(performance.now() - started);
  const found: Expected = {
    ends: outcome.error ? (outcome.error.code ?? 'an error without a code') : 'created',
    assets: await totalOf(emulator),
  };
  const wrong: string[] = [];
  if (found.ends !== expected.ends)
    wrong.push(`ends as ${found.ends}: ${outcome.error?.message ?? 'an asset'}`);
  if (found.assets !== expected.assets) wrong.push(`${found.assets} assets`);
  if (took > limit) wrong.push(`took ${took} ms`);
  if (outcome.error?.message.includes(key)) wrong.push('the key is in the message');
  const isInThisProcess = runner.pid === process.pid;
  if (!isInThisProcess && !(await soon(async () => (await connectionsTo(runner.pid, emulator.port)) === 0)))
    wrong.push('a connection is left');
  // A platform that stalls does not even notice that the client is gone: it is let go of first.
  await clearFaults(emulator);
  const incoming = join(emulator.dataDir, 'incoming');
  if (!(await soon(async () => (await readdir(incoming)).length === 0)))
    wrong.push('half a file is on the platform');
  const late = await totalOf(emulator);
  if (late !== found.assets) wrong.push(`${late} assets in the end`);
  const leaked = emulator.requests().filter((seen) => seen.path.startsWith('/storage') && seen.has_api_key);
  if (leaked.length > 0) wrong.push('the key went to a presigned URL');
  return { ...result, found, took, wrong };
}

/** Keep-alive holds a connection for some seconds; then it has to be gone, and with it what it carried. */
async function soon(holds: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < 80; look++) {
    if (await holds()) return true;
    await sleep(250);
  }
  return false;
}

export interface MatrixOptions {
  readonly atOnce?: number;
  readonly faults?: readonly Fault[];
  readonly onResult?: (result: MatrixResult) => void;
}

/** Runs every fault with every method and runner, several at once. */
export async function runMatrix(
  runners: readonly Runner[],
  files: MatrixFiles,
  addresses: Addresses,
  key: string,
  { atOnce = 9, faults = FAULTS, onResult }: MatrixOptions = {},
): Promise<MatrixResult[]> {
  const todo = faults.flatMap((fault) =>
    METHODS.flatMap((method) => runners.map((runner) => ({ fault, method, runner }))),
  );
  const results: MatrixResult[] = new Array(todo.length);
  let next = 0;
  const worker = async () => {
    while (next < todo.length) {
      const index = next++;
      const { fault, method, runner } = todo[index] as (typeof todo)[number];
      const result = await runOne(fault, method, runner, files, addresses, key);
      results[index] = result;
      onResult?.(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** A row for each fault; what differs between runners shows in its cell. */
export function tableOf(results: readonly MatrixResult[]): string {
  const rows = [...new Set(results.map(({ fault }) => fault))].map((fault) => {
    const cells = METHODS.map((method) => {
      const all = results.filter((result) => result.fault === fault && result.method === method);
      const impossible = all.flatMap(({ expected, runner }) =>
        'because' in expected ? [{ runner, because: expected.because }] : [],
      );
      const [none] = impossible;
      if (none && impossible.length === all.length) return `– (${none.because})`;
      const cell = all.filter(({ expected }) => !('because' in expected));
      const wrong = cell.filter((result) => result.wrong.length > 0);
      if (wrong.length > 0)
        return wrong.map((result) => `**${result.runner}: ${result.wrong.join(', ')}**`).join('; ');
      const slowest = Math.max(...cell.map(({ took }) => took));
      const texts = new Map<string, string[]>();
      for (const { found, runner } of cell) {
        const text = `${found?.ends === 'created' ? 'created' : `\`${found?.ends}\``}, ${found?.assets} asset${found?.assets === 1 ? '' : 's'}`;
        texts.set(text, [...(texts.get(text) ?? []), runner]);
      }
      const endings = [...texts].map(([text, who]) =>
        texts.size > 1 ? `${text} (${who.join(', ')})` : text,
      );
      const without = impossible.map(({ runner, because }) => `; – ${runner}: ${because}`);
      return `${endings.join('; ')} (≤ ${(slowest / 1000).toFixed(1)} s)${without.join('')}`;
    });
    return `| ${[fault, ...cells].join(' | ')} |`;
  });
  return ['| fault | direct | multipart | url |', '|---|---|---|---|', ...rows].join('\n');
}

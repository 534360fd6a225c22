import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import type { Party } from '../parties/party.ts';
import { totalOf } from '../platform.ts';
import { connectionsTo } from '../sockets.ts';
import { type Cell, type Expected, FAULTS, type Fault, METHODS, type Method, type Places } from './faults.ts';

export interface CellResult {
  readonly fault: string;
  readonly party: Party['name'];
  readonly method: Method;
  readonly expected: Cell;
  readonly found: Expected | undefined;
  /** Milliseconds. */
  readonly took: number;
  /** What is not as it was written down; empty when all is. */
  readonly wrong: readonly string[];
}

/** The longest that any cell may take, in milliseconds: five attempts, each with its look and its wait. */
export const TIME_LIMIT = 90_000;

export interface MatrixFiles {
  /** Larger than what sockets hold, so that a stall is met while sending. */
  readonly video: string;
  /** A public address of the same kind. */
  readonly url: string;
}

/** Runs one cell against a platform of its own. */
export async function runCell(
  fault: Fault,
  method: Method,
  party: Party,
  files: MatrixFiles,
  places: Places,
  key: string,
): Promise<CellResult> {
  const expected = fault.differs?.[party.name]?.cell ?? fault.cells[method];
  const result = { fault: fault.name, party: party.name, method, expected };
  if ('because' in expected) return { ...result, found: undefined, took: 0, wrong: [] };
  await using emulator = await startEmulator({ apiKeys: [key], ffmpeg: false });
  await fault.cause(emulator, method, places);
  const params =
    method === 'url' ? { method: 'url', url: files.url } : { method: 'direct', file: { path: files.video } };
  const options = {
    ...(method === 'multipart' ? { upload: 'multipart', concurrency: 2 } : {}),
    ...(fault.idleTimeout === undefined ? {} : { idleTimeout: fault.idleTimeout }),
  };
  const started = performance.now();
  const outcome = await party.create(params, options, {
    baseUrl: fault.baseUrl?.(places) ?? emulator.baseUrl,
    apiKey: key,
  });
  const took = Math.round(performance.now() - started);
  const found: Expected = {
    ends: outcome.error ? (outcome.error.code ?? 'an error without a code') : 'created',
    assets: await totalOf(emulator),
  };
  const wrong: string[] = [];
  if (found.ends !== expected.ends)
    wrong.push(`ends as ${found.ends}: ${outcome.error?.message ?? 'an asset'}`);
  if (found.assets !== expected.assets) wrong.push(`${found.assets} assets`);
  if (took > TIME_LIMIT) wrong.push(`took ${took} ms`);
  if (outcome.error?.message.includes(key)) wrong.push('the key is in the message');
  if (
    !(await within(
      async () => party.pid === process.pid || (await connectionsTo(party.pid, emulator.port)) === 0,
    ))
  )
    wrong.push('a connection is left');
  // A platform that stalls does not even notice that the client is gone: it is let go of first.
  await fetch(`${emulator.url}/_emulator/faults`, { method: 'DELETE' });
  const incoming = join(emulator.dataDir, 'incoming');
  if (!(await within(async () => (await readdir(incoming)).length === 0)))
    wrong.push('half a file is on the platform');
  const late = await totalOf(emulator);
  if (late !== found.assets) wrong.push(`${late} assets in the end`);
  const leaked = emulator.requests().filter((seen) => seen.path.startsWith('/storage') && seen.has_api_key);
  if (leaked.length > 0) wrong.push('the key went to a presigned URL');
  return { ...result, found, took, wrong };
}

/** Keep-alive holds a connection for some seconds; then it has to be gone, and with it what it carried. */
async function within(holds: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < 80; look++) {
    if (await holds()) return true;
    await sleep(250);
  }
  return false;
}

export interface MatrixOptions {
  readonly atOnce?: number;
  readonly faults?: readonly Fault[];
  readonly onCell?: (cell: CellResult) => void;
}

/** Runs all cells, several at once. */
export async function runMatrix(
  parties: readonly Party[],
  files: MatrixFiles,
  places: Places,
  key: string,
  { atOnce = 9, faults = FAULTS, onCell }: MatrixOptions = {},
): Promise<CellResult[]> {
  const todo = faults.flatMap((fault) =>
    METHODS.flatMap((method) => parties.map((party) => ({ fault, method, party }))),
  );
  const results: CellResult[] = new Array(todo.length);
  let next = 0;
  const worker = async () => {
    while (next < todo.length) {
      const index = next++;
      const { fault, method, party } = todo[index] as (typeof todo)[number];
      const result = await runCell(fault, method, party, files, places, key);
      results[index] = result;
      onCell?.(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** A row for each fault; what differs between parties shows in its cell. */
export function tableOf(results: readonly CellResult[]): string {
  const rows = [...new Set(results.map(({ fault }) => fault))].map((fault) => {
    const cells = METHODS.map((method) => {
      const cell = results.filter((result) => result.fault === fault && result.method === method);
      const [first] = cell;
      if (!first) return '';
      if ('because' in first.expected) return `– (${first.expected.because})`;
      const wrong = cell.filter((result) => result.wrong.length > 0);
      if (wrong.length > 0)
        return wrong.map((result) => `**${result.party}: ${result.wrong.join(', ')}**`).join('; ');
      const slowest = Math.max(...cell.map(({ took }) => took));
      const texts = new Map<string, string[]>();
      for (const { found, party } of cell) {
        const text = `${found?.ends === 'created' ? 'created' : `\`${found?.ends}\``}, ${found?.assets} asset${found?.assets === 1 ? '' : 's'}`;
        texts.set(text, [...(texts.get(text) ?? []), party]);
      }
      const told = [...texts].map(([text, who]) => (texts.size > 1 ? `${text} (${who.join(', ')})` : text));
      return `${told.join('; ')} (≤ ${(slowest / 1000).toFixed(1)} s)`;
    });
    return `| ${[fault, ...cells].join(' | ')} |`;
  });
  return ['| fault | direct | multipart | url |', '|---|---|---|---|', ...rows].join('\n');
}

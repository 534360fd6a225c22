/** `pnpm test`, `pnpm test:unit`: runs tasks with Turbo, then counts the tests of all packages in one line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Counts } from '../../../vitest.reporters.ts';
import { countsIn, summaryOf } from './test-counts.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const turbo = spawn('turbo', ['run', ...process.argv.slice(2), '--ui=stream', '--concurrency=2'], {
  stdio: ['inherit', 'pipe', 'inherit'],
});
// Turbo gets the terminal's signals as well, and ends what it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => turbo.kill(signal));
const ended = once(turbo, 'close');
const runs: Counts[] = [];
for await (const line of createInterface({ input: turbo.stdout })) {
  const counts = countsIn(line);
  if (counts) runs.push(counts);
  else say(line);
}
const [code] = (await ended) as [number | null];
say('');
if (code !== 0) say('A task failed, see above.');
for (const line of summaryOf(runs)) say(line);
process.exitCode = code ?? 1;

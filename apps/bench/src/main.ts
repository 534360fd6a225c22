import { mkdtemp } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, count, list, onOff, runCommand } from '@twelvelabs-nodes/emulator/command-line';
import { benchHosts } from './hosts.ts';
import { measure, type SuiteResult } from './measure.ts';
import { GiB, MiB, mediaFile, sparseFile } from './media-files.ts';
import { startSink } from './start-sink.ts';
import { type Scale, SUITES, suites } from './suites.ts';
import { report } from './table.ts';
import { verdicts } from './targets.ts';

const flags = commandLine({
  name: 'pnpm bench',
  about: 'Measures time, CPU and memory against what a user would pick instead.',
  flags: {
    quick: onOff('only show that everything runs; too small for the targets to mean anything'),
    only: list(SUITES, 'some of the suites'),
    rounds: count('rounds of every suite', undefined),
  },
});
const isWanted = (id: (typeof SUITES)[number]) => flags.only.includes(id);

await runCommand('The measurements failed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const results: SuiteResult[] = [];
  await using sink = await startSink(folder);
  for (const suite of suites(await scale(folder), nameOf).filter(({ id }) => isWanted(id))) {
    results.push(
      await measure(suite, sink, (program, round) =>
        progress(`${suite.title}: ${program}, round ${round} of ${suite.rounds}`),
      ),
    );
  }
  progress('');
  const [{ model = 'unknown CPU' } = {}] = cpus();
  process.stdout.write(`Node.js ${process.version}, ${cpus().length} × ${model}, ${process.platform}\n\n`);
  if (results.length > 0) process.stdout.write(`${report(results, verdicts(results), flags.quick)}\n`);
  if (isWanted('hosts')) await benchHosts(flags.rounds || (flags.quick ? 1 : 3), flags.quick);
});

/** `--quick` shows that everything runs; its sizes are too small for the targets to mean anything. */
async function scale(folder: string): Promise<Scale> {
  const { quick } = flags;
  const uploads = (['direct', 'direct-tls', 'direct-large', 'multipart'] as const).some(isWanted);
  const each = (full: number, short = 1) => flags.rounds || (quick ? short : full);
  return {
    direct: uploads ? await mediaFile(folder, (quick ? 32 : 190) * MiB) : '',
    large: uploads ? await mediaFile(folder, quick ? 64 * MiB : GiB) : '',
    huge: !quick && isWanted('multipart-huge') ? await sparseFile(folder, 10 * GiB) : undefined,
    creates: quick ? 200 : 2_000,
    rounds: { direct: each(15), multipart: each(3), urls: each(5), imports: each(15, 3) },
  };
}

function nameOf(path: string): string {
  return /(?:media|sparse)-(\d+)(MiB|GiB)/.exec(path)?.slice(1).join(' ') ?? path;
}

function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

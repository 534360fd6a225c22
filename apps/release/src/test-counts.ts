import { COUNTS, type Counts } from '../../../vitest.reporters.ts';

/** Debian's package of each program that tests need. */
const PACKAGES: Readonly<Record<string, string>> = {
  curl: 'curl',
  ffmpeg: 'ffmpeg',
  PostgreSQL: 'postgresql',
  'redis-server': 'redis-server',
};

/** Reads the counts that a line of Turbo's output carries, behind the name of the task. */
export function countsIn(line: string): Counts | undefined {
  const start = line.indexOf(COUNTS);
  return start < 0 ? undefined : (JSON.parse(line.slice(start + COUNTS.length)) as Counts);
}

/** What all runs came to, in lines: the skipped tests by reason, how to run them, and the counts at the end. */
export function summaryOf(runs: readonly Counts[]): string[] {
  const sum = (what: 'passed' | 'failed') => runs.reduce((all, run) => all + run[what], 0);
  const skipped = Map.groupBy(
    runs.flatMap((run) => run.skipped),
    (reason) => reason,
  );
  const needed = new Set([...skipped.keys()].flatMap((reason) => reason.split(/, | and /)));
  const packages = [...needed].flatMap((program) => PACKAGES[program] ?? []).sort();
  return [
    ...[...skipped].map(([reason, tests]) => `Skipped ${tests.length}: they need ${reason}.`),
    ...(packages.length > 0
      ? [`On Debian and Ubuntu, this installs what is missing: sudo apt-get install -y ${packages.join(' ')}`]
      : []),
    `${sum('passed')} passed, ${sum('failed')} failed, ${runs.flatMap((run) => run.skipped).length} skipped`,
  ];
}

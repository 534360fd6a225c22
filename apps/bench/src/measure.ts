import { sizeOf } from './media-files.ts';
import type { Run } from './run-process.ts';
import { CHUNK, type Sink } from './start-sink.ts';
import type { Program, Suite } from './suites.ts';

/** Medians of a program's runs. */
export interface Measured {
  readonly name: string;
  /** Seconds. */
  readonly wall: number;
  /** Seconds. */
  readonly cpu: number;
  /** MiB, the largest of all runs: a peak is a bound, not a tendency. */
  readonly rss: number | undefined;
  /** Milliseconds that the import itself took, where that is what is measured; the CPU time then is the import's, too. */
  readonly imported: number | undefined;
}

export interface SuiteResult {
  readonly suite: Suite;
  readonly programs: readonly Measured[];
}

/** Runs the programs in turn, round by round, so that a slow minute of the machine hits all alike. */
export async function measure(
  suite: Suite,
  sink: Sink,
  onRun: (program: string, round: number) => void,
): Promise<SuiteResult> {
  const runs = new Map<Program, Run[]>(suite.programs.map((program) => [program, []]));
  for (let round = 1; round <= suite.rounds; round++) {
    // Every other round backwards: no program always comes after the same one.
    for (const program of round % 2 === 1 ? suite.programs : suite.programs.toReversed()) {
      onRun(program.name, round);
      runs.get(program)?.push(await program.run(suite.overTls ? sink.tls : sink.plain));
      await verify(program, await sink.counted());
    }
  }
  return { suite, programs: [...runs].map(([{ name }, all]) => summary(name, all)) };
}

async function verify(
  { name, expects }: Program,
  counted: Awaited<ReturnType<Sink['counted']>>,
): Promise<void> {
  const { file, creates = 0, chunks } = expects;
  const size = file === undefined ? 0 : await sizeOf(file);
  const wrong = [
    counted.creates !== creates && `${counted.creates} creates instead of ${creates}`,
    chunks && counted.chunks !== Math.ceil(size / CHUNK) && `${counted.chunks} chunks`,
    counted.bytes < size && `${counted.bytes} bytes instead of ${size}`,
  ].filter((problem) => typeof problem === 'string');
  if (wrong.length > 0) throw new Error(`${name} did not do its work: ${wrong.join(', ')}`);
}

function summary(name: string, runs: readonly Run[]): Measured {
  const peaks = runs.flatMap(({ rss }) => (rss === undefined ? [] : [rss]));
  // A program that measures a part of itself prints its milliseconds and seconds of CPU.
  const printed = runs.flatMap(({ stdout }) => [
    /^([\d.]+) ([\d.]+)$/.exec(stdout)?.slice(1).map(Number) ?? [],
  ]);
  const [imports, cpus] = [printed.flatMap(([wall = []]) => wall), printed.flatMap(([, cpu = []]) => cpu)];
  return {
    name,
    wall: median(runs.map(({ wall }) => wall)),
    cpu: median(cpus.length > 0 ? cpus : runs.map(({ cpu }) => cpu)),
    rss: peaks.length > 0 ? Math.max(...peaks) : undefined,
    imported: imports.length > 0 ? median(imports) : undefined,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[(sorted.length - 1) >> 1],
    sorted[sorted.length >> 1],
  ];
  return (low + high) / 2;
}

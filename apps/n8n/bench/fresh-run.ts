import { readFileSync } from 'node:fs';
import { readRawOutput } from '../src/command-line.ts';
import type { OutputItem } from '../src/execute.ts';
import type { Home } from '../src/home.ts';
import { type N8nProcess, spawnN8n } from '../src/process.ts';

/** What one node of a run cost, and the process around it. */
export interface Measured {
  /** Bytes at the peak, of the whole process. */
  readonly peakRss: number;
  /** The same when the node began: n8n's start, and reading the file. */
  readonly peakBefore: number;
  /** Seconds of CPU time, user and system, of all threads. */
  readonly cpu: number;
  /** The same when the node began. */
  readonly cpuBefore: number;
  /** Seconds in the node. */
  readonly inNode: number;
}

interface Sample extends Pick<Measured, 'peakRss' | 'cpu'> {
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Clock ticks a second of `/proc/PID/stat`: fixed in the kernel's interface. */
const TICKS = 100;

/**
 * Runs a workflow in a fresh `n8n execute`. Linux only.
 * @param node the one that is measured
 * @throws {Error} when it has no output
 */
export async function runFresh(
  home: Home,
  workflowId: string,
  node: string,
): Promise<{ readonly measured: Measured; readonly items: readonly OutputItem[] }> {
  const running = await spawnN8n(home, ['execute', '--id', workflowId, '--rawOutput']);
  const samples = await samplesOf(running);
  await running.stop();
  const { nodes, error } = readRawOutput(running.output());
  const run = nodes[node];
  const items = run?.outputs[0] ?? [];
  const before = samples.findLast(({ time }) => time <= (run?.startTime ?? 0));
  const { peakRss, cpu } = samples.at(-1) ?? {};
  if (!run || items.length === 0 || !before || !peakRss || !cpu)
    throw new Error(`No output of ${node}: ${JSON.stringify(run?.error ?? error)}`);
  const inNode = run.executionTime / 1000;
  return { measured: { peakRss, cpu, peakBefore: before.peakRss, cpuBefore: before.cpu, inNode }, items };
}

/** Both values only grow, so the last sample is the whole truth but for 10 ms. */
async function samplesOf(running: N8nProcess): Promise<Sample[]> {
  const samples: Sample[] = [];
  const timer = setInterval(() => samples.push(...sampleOf(running.child.pid)), 10);
  await running.ended;
  clearInterval(timer);
  return samples;
}

function sampleOf(pid: number | undefined): Sample[] {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may hold spaces: fields are counted from its closing bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const cpu = (Number(fields[11]) + Number(fields[12])) / TICKS;
    // A process that has ended and waits to be collected has no memory any more.
    return peak === undefined ? [] : [{ time: Date.now(), peakRss: Number(peak) * 1024, cpu }];
  } catch {
    return [];
  }
}

export type Figure = (run: Measured) => number;

export function median(runs: readonly Measured[], figure: Figure): number {
  const sorted = runs.map(figure).toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

const MiB = 1024 ** 2;
const COLUMNS: readonly (readonly [title: string, figure: Figure, unit: string])[] = [
  ['peak RSS', ({ peakRss }) => peakRss / MiB, 'MiB'],
  ['before', ({ peakBefore }) => peakBefore / MiB, 'MiB'],
  ['CPU', ({ cpu }) => cpu, 's'],
  ['before', ({ cpuBefore }) => cpuBefore, 's'],
  ['in the node', ({ inNode }) => inNode, 's'],
];

/** Titles over {@link row}. */
export const heading = COLUMNS.map(([title]) => title.padStart(13)).join('');

/** Medians of runs, as a row of a table. */
export function row(runs: readonly Measured[]): string {
  const cells = COLUMNS.map(
    ([, figure, unit]) => `${median(runs, figure).toFixed(unit === 's' ? 1 : 0)} ${unit}`,
  );
  return cells.map((cell) => cell.padStart(13)).join('');
}

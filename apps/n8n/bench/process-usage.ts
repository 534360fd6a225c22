import { readFileSync } from 'node:fs';
import type { N8nProcess } from '../src/process.ts';

/** What a process used from its start to its end. */
export interface Usage {
  /** Bytes at the peak. */
  readonly peakRss: number;
  /** Seconds of CPU time, user and system, of all threads. */
  readonly cpu: number;
}

/** Clock ticks a second of `/proc/PID/stat`: fixed in the kernel's interface. */
const TICKS = 100;

/** Watches a process until it ends. Linux only: both values only grow, so the last look is the whole truth but for 10 ms. */
export async function usageOf(running: N8nProcess): Promise<Usage> {
  let usage: Usage = { peakRss: 0, cpu: 0 };
  const look = () => {
    usage = read(running.child.pid) ?? usage;
  };
  const timer = setInterval(look, 10);
  await running.ended;
  clearInterval(timer);
  return usage;
}

function read(pid: number | undefined): Usage | undefined {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may hold spaces: fields are counted from its closing bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that has ended and waits to be collected has no memory any more.
    return peak === undefined
      ? undefined
      : { peakRss: Number(peak) * 1024, cpu: (Number(fields[11]) + Number(fields[12])) / TICKS };
  } catch {
    return undefined;
  }
}

import { readFile, writeFile } from 'node:fs/promises';

/** What a process has used so far. Linux only. */
export interface Usage {
  /** Bytes of memory at this moment. */
  readonly rss: number;
  /** The most bytes of memory since the last `resetPeak`. */
  readonly peak: number;
  /** Seconds of CPU time, user and system, of all threads. */
  readonly cpu: number;
}

/** Clock ticks a second of `/proc/PID/stat`: fixed in the kernel's interface. */
const TICKS = 100;

export async function usageOf(pid: number): Promise<Usage> {
  const [status, stat] = await Promise.all([
    readFile(`/proc/${pid}/status`, 'utf8'),
    readFile(`/proc/${pid}/stat`, 'utf8'),
  ]);
  const bytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
  // The command's name may hold spaces: fields are counted from its closing bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    rss: bytes('VmRSS'),
    peak: bytes('VmHWM'),
    cpu: (Number(fields[11]) + Number(fields[12])) / TICKS,
  };
}

/** Lets the peak start again from what is used now. */
export async function resetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

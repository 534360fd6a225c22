import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { reservePort } from '@twelvelabs-nodes/emulator/ports';
import { within } from '../deadline.ts';

/** What a process holds. */
export interface Usage {
  /** Bytes that stay after a full garbage collection, on the heap and outside of it. */
  readonly live: number;
  /** Resident bytes, which allocators give back when they like. */
  readonly resident: number;
  /** Files, sockets and pipes. */
  readonly descriptors: number;
}

/** Looks into a process by its inspector. */
export interface Probe {
  readonly pid: number;
  usage(): Promise<Usage>;
}

/** A port for an inspector, and the argument of Node.js that opens it there. */
export async function inspectorPort(): Promise<{ port: number; argument: string }> {
  const port = await reservePort();
  return { port, argument: `--inspect=127.0.0.1:${port}` };
}

/** A probe of a process that was started with the inspector's argument. Each look is a connection of its own. */
export function probeOf(pid: number, port: number): Probe {
  return {
    pid,
    async usage() {
      const live = await within(60_000, `A look into process ${pid}`, liveMemory(port));
      return { live, resident: await residentMemory(pid), descriptors: await descriptors(pid) };
    },
  };
}

/** Descriptors that a process has open. */
const descriptors = async (pid: number) => (await readdir(`/proc/${pid}/fd`)).length;

const residentMemory = (pid: number) => statusOf(pid, 'VmRSS');

/** The most that a process had resident at any time during some work, in bytes. Source: proc(5), `clear_refs`. */
export async function peakDuring(pid: number, work: () => Promise<unknown>): Promise<number> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
  await work();
  return await statusOf(pid, 'VmHWM');
}

async function statusOf(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const line = (await readFile(`/proc/${pid}/status`, 'utf8'))
    .split('\n')
    .find((text) => text.startsWith(`${field}:`));
  return Number(/(\d+) kB$/.exec(line ?? '')?.[1] ?? Number.NaN) * 1024;
}

/**
 * What a process held beyond a baseline, in words; empty when it is back. Looks again for half a minute: keep-alive and
 * hosts' own tidying take some seconds.
 * @param bound bytes of live memory that may be added
 */
export async function growthSince(probe: Probe, baseline: Usage, bound: number): Promise<readonly string[]> {
  let wrong: string[] = [];
  for (let look = 0; look < 30; look++) {
    const { live, descriptors } = await probe.usage();
    const more = live - baseline.live;
    wrong = [
      ...(more > bound ? [`${inMiB(more)} more live memory than before`] : []),
      ...(descriptors > baseline.descriptors
        ? [`${descriptors - baseline.descriptors} more descriptors than before`]
        : []),
    ];
    if (wrong.length === 0) break;
    await sleep(1_000);
  }
  return wrong;
}

export const inMiB = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;

/** Source: Chrome DevTools Protocol, `HeapProfiler.collectGarbage` and `Runtime.evaluate`. */
async function liveMemory(port: number): Promise<number> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  let calls = 0;
  const call = async (method: string, params: object = {}): Promise<unknown> => {
    const id = ++calls;
    const answered = new Promise<unknown>((resolve) => {
      socket.addEventListener('message', function listen({ data }) {
        const message = JSON.parse(String(data)) as { id?: number; result?: unknown };
        if (message.id !== id) return;
        socket.removeEventListener('message', listen);
        resolve(message.result);
      });
    });
    socket.send(JSON.stringify({ id, method, params }));
    return await answered;
  };
  // Finalizers run between two collections, and let go of more.
  await call('HeapProfiler.collectGarbage');
  await sleep(100);
  await call('HeapProfiler.collectGarbage');
  const expression = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())';
  const { result } = (await call('Runtime.evaluate', { expression })) as { result: { value: number } };
  socket.close();
  await once(socket, 'close');
  return result.value;
}

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Kind } from '../asset-record.ts';

/** What probing found in a file. */
export interface Probe {
  readonly kind: Kind;
  /** Media type by content. */
  readonly type: string;
  /** Seconds; null for an image. */
  readonly duration: number | null;
  readonly technical: Record<string, unknown>;
}

/** What a worker answers for a file. */
export type ProbeResult =
  | { readonly probe: Probe }
  | { readonly notMedia: string; readonly technical: Record<string, unknown> | null }
  | { readonly failure: unknown };

/** The file is not media, or not all of it is there. */
export class NotMediaError extends Error {
  override readonly name = 'NotMediaError';
  readonly technical: Record<string, unknown> | null;

  constructor(message: string, technical: Record<string, unknown> | null = null) {
    super(message);
    this.technical = technical;
  }
}

let worker: Worker | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Probes the file at `path`, reading only the parts that are needed. Files are probed one at a time, in a separate thread:
 * some take seconds of computing. All emulators of a process share the thread, which does not keep the process up.
 *
 * @param seconds longest time that this may take.
 * @throws {NotMediaError} when it contains no video, audio or image, is cut short, or takes too long.
 */
export function probeMedia(path: string, seconds: number): Promise<Probe> {
  const probed = queue.then(() => probeNow(path, seconds));
  queue = probed.catch(() => undefined);
  return probed;
}

async function probeNow(path: string, seconds: number): Promise<Probe> {
  worker ??= new Worker(new URL('./probe-worker.ts', import.meta.url), { execArgv: [] });
  const result = await ask(worker, path, seconds);
  if ('probe' in result) return result.probe;
  if ('notMedia' in result) throw new NotMediaError(result.notMedia, result.technical);
  // The next file gets a new thread.
  const ended = worker;
  worker = undefined;
  await ended.terminate();
  throw result.failure;
}

async function ask(thread: Worker, path: string, seconds: number): Promise<ProbeResult> {
  const timeLimit = AbortSignal.timeout(seconds * 1000);
  thread.postMessage(path);
  thread.ref();
  try {
    const [result] = (await once(thread, 'message', { signal: timeLimit })) as [ProbeResult];
    return result;
  } catch (error) {
    const tooLong = new NotMediaError(`The file could not be probed within ${seconds} seconds.`);
    return { failure: timeLimit.aborted ? tooLong : error };
  } finally {
    thread.unref();
  }
}

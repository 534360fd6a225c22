import { TimeoutError } from '../errors/timeout-error.ts';
import type { Clock } from '../ports.ts';

/**
 * Runs `work` under the caller's signal and, when given, a total time limit in milliseconds.
 * @throws {TimeoutError} of kind `total` when the limit ends it
 */
export async function withDeadline<T>(
  clock: Clock,
  signal: AbortSignal | undefined,
  limit: number | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (limit === undefined) return work(signal);
  const ending = new AbortController();
  const cancel = () => ending.abort(signal?.reason);
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  let expired = false;
  const timer = new AbortController();
  clock
    .sleep(limit, timer.signal)
    .then(() => {
      expired = true;
      ending.abort();
    })
    .catch(() => undefined);
  try {
    return await work(ending.signal);
  } catch (error) {
    if (!expired || signal?.aborted) throw error;
    throw new TimeoutError(`Not finished within the total limit of ${limit / 1000} s`, 'total', limit, {
      cause: error,
      hint: 'Raise the total time limit, or leave it off: a stalled connection is ended by the idle limit anyway.',
    });
  } finally {
    timer.abort();
    signal?.removeEventListener('abort', cancel);
  }
}

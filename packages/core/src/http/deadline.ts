import { TimeoutError } from '../errors/timeout-error.ts';
import { TwelveLabsError } from '../errors/twelvelabs-error.ts';
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
    const late = new TimeoutError(`Not finished within the time limit of ${limit / 1000} s`, 'total', limit, {
      cause: error,
      hint: 'Raise the time limit, or leave it off: the idle time limit aborts a stalled connection anyway.',
    });
    throw error instanceof TwelveLabsError ? late.aboutSameAs(error) : late;
  } finally {
    timer.abort();
    signal?.removeEventListener('abort', cancel);
  }
}

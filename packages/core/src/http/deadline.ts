import { AbortedError } from '../errors/aborted-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import type { Clock } from '../ports.ts';
import { formatDuration } from '../text/format-duration.ts';

/**
 * Runs `work` under one signal that stands for all of the given ones and, when given, for a total time limit in
 * milliseconds.
 * @throws {TimeoutError} of kind `total` when the limit ends it
 */
export async function withDeadline<T>(
  clock: Clock,
  given: readonly (AbortSignal | undefined)[],
  limit: number | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  const signals = given.filter((signal) => signal !== undefined);
  if (limit === undefined && signals.length < 2) return work(signals[0]);
  const ending = new AbortController();
  const aborted = () => signals.find((signal) => signal.aborted);
  // Not `AbortSignal.any`: the client's signal outlives its calls, and would refer to each until it is collected.
  const cancel = () => ending.abort(aborted()?.reason);
  if (aborted()) cancel();
  for (const signal of signals) signal.addEventListener('abort', cancel, { once: true });
  let expired = false;
  const timer = new AbortController();
  if (limit !== undefined)
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
    if (!expired || limit === undefined || aborted()) throw error;
    const { mayExist, hint: check } = error instanceof AbortedError ? error : {};
    const message = `Not finished within the time limit of ${formatDuration(limit)}`;
    const hint =
      'Raise the time limit, or leave it off: the idle time limit aborts a stalled connection anyway.';
    const late = new TimeoutError(
      mayExist ? `${message}: ${mayExist} may have been created` : message,
      'total',
      limit,
      { cause: error, hint: mayExist ? `${check} ${hint}` : hint },
    );
    throw error instanceof TwelveLabsError ? late.aboutSameAs(error) : late;
  } finally {
    timer.abort();
    for (const signal of signals) signal.removeEventListener('abort', cancel);
  }
}

import type { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import { pause } from '../http/attempt.ts';
import type { CallContext } from '../http/call.ts';

export interface PollRules<T, R> {
  /** What is waited for, for the message of a cancel: `Waiting for asset 6298d6…`. */
  readonly what: string;
  readonly read: (count: number) => Promise<T>;
  /** The result of the wait; `undefined` while it is pending. Throws when it can never come. */
  readonly result: (seen: T) => R | undefined;
  /** Milliseconds before the second read, the factor by which each pause grows, and the longest pause. */
  readonly pauses: { readonly first: number; readonly factor: number; readonly longest: number };
  /** Milliseconds. */
  readonly maxWait: number;
  /** The error for when the time is over. */
  readonly timeout: (last: T | undefined) => TwelveLabsError;
  /** What makes a change worth reporting to `onChange`. */
  readonly state?: (seen: T) => string;
  readonly onChange?: ((seen: T) => void) | undefined;
}

/**
 * Reads something until it has the wanted result: the only wait for the platform.
 * @throws what `result` throws, `timeout` when it takes too long, or {@link AbortedError} as soon as the caller cancels
 */
export async function poll<T, R>(
  { clock, signal }: Pick<CallContext, 'clock' | 'signal'>,
  rules: PollRules<T, R>,
): Promise<R> {
  const { first, factor, longest } = rules.pauses;
  const startedAt = clock.now();
  let reported: string | undefined;
  let next = Math.min(first, longest);
  for (let count = 1; ; count++) {
    const seen = await rules.read(count);
    const state = rules.state?.(seen);
    if (state !== reported) rules.onChange?.(seen);
    reported = state;
    const result = rules.result(seen);
    if (result !== undefined) return result;
    const left = startedAt + rules.maxWait - clock.now();
    if (left <= 0) throw rules.timeout(seen);
    await pause(clock, Math.min(next, left), signal, rules.what);
    next = Math.min(next * factor, longest);
  }
}

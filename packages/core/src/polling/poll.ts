import { ApiError } from '../errors/api-error.ts';
import { NetworkError } from '../errors/network-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { pause } from '../http/attempt.ts';
import type { CallContext } from '../http/call.ts';
import { patienceFor } from '../http/patience.ts';

export interface PollRules<T, R> {
  /** What is waited for, for the message of a cancel: `Waiting for asset 6298d6…`. */
  readonly what: string;
  /** Reads once: the poll itself tries again. */
  readonly read: (context: CallContext, count: number) => Promise<T>;
  /** The result of the wait; `undefined` while it is pending. Throws when it can never come. */
  readonly result: (seen: T) => R | undefined;
  /** Milliseconds before the second read, the factor by which each pause grows, and the longest pause. */
  readonly pauses: { readonly first: number; readonly factor: number; readonly longest: number };
  /** Milliseconds. */
  readonly maxWait: number;
  /** The error for when the time is over. `failure` is why the last read failed, when it did. */
  readonly timeout: (last: T | undefined, failure: TwelveLabsError | undefined) => TwelveLabsError;
  /** What makes a change worth reporting to `onChange`. */
  readonly state?: (seen: T) => string;
  readonly onChange?: ((seen: T) => void) | undefined;
  /** Whether a read that failed after this many milliseconds may succeed later, beyond what any wait survives. */
  readonly survives?: (error: TwelveLabsError, elapsed: number) => boolean;
}

/**
 * Reads something until it has the wanted result: the only wait for the platform. It outlasts whatever may pass
 * (outages, server errors, a proxy's pages) with growing pauses, and ends when the platform says so or at `maxWait`.
 * @throws what `result` throws, `timeout` when it takes too long, or {@link AbortedError} as soon as the caller cancels
 */
export async function poll<T, R>(context: CallContext, rules: PollRules<T, R>): Promise<R> {
  const { clock, signal, policy, baseUrl, onRetry } = context;
  const { first, factor, longest } = rules.pauses;
  const single = { ...context, policy: { ...policy, maxAttempts: 1, maxElapsed: 0 } };
  const startedAt = clock.now();
  let last: T | undefined;
  let reported: string | undefined;
  let failing: { since: number; count: number } | undefined;
  let next = Math.min(first, longest);
  for (let count = 1; ; count++) {
    let failure: TwelveLabsError | undefined;
    let asked = 0;
    try {
      last = await rules.read(single, count);
      failing = undefined;
      const state = rules.state?.(last);
      if (state !== reported) rules.onChange?.(last);
      reported = state;
    } catch (error) {
      failure = surviving(error, rules, clock.now() - startedAt);
      failing = { since: failing?.since ?? clock.now(), count: (failing?.count ?? 0) + 1 };
      if (failure instanceof RateLimitError) asked = failure.retryAfter ?? 0;
      const isOutage = failure instanceof NetworkError || failure instanceof TimeoutError;
      // An address that has never answered is likely to be wrong.
      if (isOutage && clock.now() - failing.since > patienceFor({ maxElapsed: rules.maxWait }, baseUrl))
        throw failure;
    }
    if (!failure && last !== undefined) {
      const result = rules.result(last);
      if (result !== undefined) return result;
    }
    const left = startedAt + rules.maxWait - clock.now();
    if (left <= 0) throw rules.timeout(last, failure);
    const delay = Math.min(Math.max(next, asked), left);
    if (failure && failing)
      onRetry?.({
        attempt: failing.count,
        delay,
        since: failing.since,
        reason: failure.message,
        error: failure,
      });
    await pause(clock, delay, signal, rules.what);
    next = Math.min(next * factor, longest);
  }
}

/** @throws the error itself when it ends the wait */
function surviving(
  error: unknown,
  { survives }: Pick<PollRules<never, never>, 'survives'>,
  elapsed: number,
): TwelveLabsError {
  if (TwelveLabsError.is(error) && (isTemporary(error) || survives?.(error, elapsed))) return error;
  throw error;
}

/**
 * Whether a later attempt may succeed: network errors, idle timeouts, 408, 429, 5xx, and pages of a proxy. Other errors need
 * a change first.
 */
export function isTemporary(error: TwelveLabsError): boolean {
  if (error instanceof NetworkError) return !error.isPermanent;
  if (error instanceof TimeoutError) return error.kind === 'idle';
  if (error instanceof ApiError) return error.status >= 500 || error.status === 408 || error.status === 429;
  // A page of a proxy, or a redirect to its login.
  return error instanceof UnexpectedResponseError && error.isForeign;
}

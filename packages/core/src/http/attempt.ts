import { AbortedError } from '../errors/aborted-error.ts';
import { NetworkError } from '../errors/network-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { Clock, HttpRequest, HttpResponse } from '../ports.ts';
import { errorOf } from './answer.ts';
import { patienceFor, recordAnswer } from './patience.ts';
import { backoff, type RetryPolicy, requestedDelay } from './retry-timing.ts';
import { type Reached, type SendContext, send } from './send.ts';

/** What is about to be tried again, and when. */
export interface RetryEvent {
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  /** Milliseconds until the next one. */
  readonly delay: number;
  /** Milliseconds since the epoch, by the client's clock: when the first attempt failed. */
  readonly since: number;
  /** In words. */
  readonly reason: string;
  readonly error: TwelveLabsError;
}

export interface RetryContext {
  readonly clock: Clock;
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** A request that was sent once and did not succeed. */
export interface Failure {
  readonly error: TwelveLabsError;
  /** Where it was sent. */
  readonly url: string;
  /** The answer, when one came. */
  readonly response?: HttpResponse;
  /** How far the request got; all the way when an answer came. */
  readonly reached: Reached;
  /** Whether another attempt may succeed. */
  readonly isRetryable: boolean;
  /** Milliseconds that the platform asked to wait. */
  readonly asked?: number | undefined;
}

/** How one attempt ended: with a value, or with an error that may or may not be followed by another attempt. */
export type Outcome<T> =
  | { readonly value: T }
  | {
      readonly error: TwelveLabsError;
      readonly again: boolean;
      readonly url: string;
      readonly asked?: number | undefined;
    };

/** Sends a request once. @returns the 2xx answer, or what failed */
export async function attempt(
  request: HttpRequest,
  context: SendContext,
): Promise<{ readonly response: HttpResponse; readonly error?: undefined } | Failure> {
  const { url } = request;
  const sent = await send(request, context);
  if ('failure' in sent) {
    const { failure: error, reached, fromSource } = sent;
    return { error, url, reached, isRetryable: !fromSource && isRetryable(error) };
  }
  const { response } = sent;
  recordAnswer(url);
  const now = context.clock.now();
  const error = errorOf(request, response, now);
  if (!error) return { response };
  return {
    error,
    url,
    response,
    reached: 'body sent',
    isRetryable: isRetryableStatus(response.status),
    asked: requestedDelay(response, now),
  };
}

/** Milliseconds. */
const MIN_LIMIT_WAIT = 100;

/**
 * Runs attempts until one succeeds, with a pause before each further one: the only loop that tries again.
 * @throws the error of the last attempt, when it is final, when the policy allows no further one, or when the platform
 * asks to wait longer than the policy allows
 */
export async function retrying<T>(
  { clock, policy, signal, onRetry }: RetryContext,
  once: (attempt: number) => Promise<Outcome<T>>,
): Promise<T> {
  let failures = 0;
  let limited = 0;
  let since: number | undefined;
  for (;;) {
    const outcome = await once(failures + limited + 1);
    if ('value' in outcome) return outcome.value;
    const { error, again, asked, url } = outcome;
    if (!again) throw error;
    const now = clock.now();
    since ??= now;
    const isLimit = error instanceof RateLimitError;
    const count = isLimit ? ++limited : ++failures;
    if (!isLimit && count >= policy.maxAttempts) throw error;
    const jitter = backoff(policy, count, clock.random());
    // Never earlier than asked; the jitter on top spreads clients that were given the same moment.
    const wait = (asked ?? (isLimit ? policy.baseDelay : 0)) + jitter;
    // Attempts at a limit are not counted: without a least wait, "retry at once" would be tried forever.
    const delay = isLimit ? Math.max(wait, MIN_LIMIT_WAIT) : wait;
    if (now - since + delay > patienceFor(policy, url)) throw error;
    onRetry?.({ attempt: failures + limited, delay, since, reason: error.message, error });
    await pause(clock, delay, signal, 'Waiting to try again');
  }
}

/** Waits. @throws {AbortedError} as soon as the caller cancels */
export async function pause(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal | undefined,
  what: string,
): Promise<void> {
  await clock.sleep(milliseconds, signal).catch((cause: unknown) => {
    throw new AbortedError(what, cause);
  });
}

/** Whether another attempt may succeed: the connection failed or stalled. Not after a cancel, nor for an unreadable file. */
export function isRetryable(error: TwelveLabsError): boolean {
  return (
    (error instanceof NetworkError && !error.isPermanent) ||
    (error instanceof TimeoutError && error.kind === 'idle')
  );
}

/** Answers that a later attempt may not get. Never other 4xx. */
function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || status === 502 || status === 503 || status === 504;
}

/**
 * Whether a failed request may have changed something on the platform: all of its body was sent, and no answer says
 * that it was refused. An answer that is too long or is not HTTP came after all; a cancel is not followed up.
 */
export function mayHaveHadEffect({ error, response, reached, isRetryable }: Failure): boolean {
  if (response) return response.status >= 500;
  return reached === 'body sent' && (isRetryable || error instanceof UnexpectedResponseError);
}

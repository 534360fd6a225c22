import { AbortedError } from '../errors/aborted-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import type { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import type { Clock } from '../ports.ts';
import { backoff, type RetryPolicy } from './retry-timing.ts';

/** What is about to be tried again, and when. */
export interface RetryEvent {
  /** The attempt that failed, from 1. */
  readonly attempt: number;
  /** Milliseconds until the next one. */
  readonly delay: number;
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

/** Milliseconds. */
const MIN_LIMIT_WAIT = 100;

/** Counts the attempts and the waiting of one call, and waits. */
export class Retries {
  #failures = 0;
  #limited = 0;
  #waited = 0;
  readonly #context: RetryContext;

  constructor(context: RetryContext) {
    this.#context = context;
  }

  /**
   * Waits before the next attempt.
   * @param asked milliseconds that the platform asked to wait, when it did
   * @throws `error` when the policy allows no further one, or the platform asks to wait longer than it allows
   */
  async pause(error: TwelveLabsError, asked?: number): Promise<void> {
    const { clock, policy, signal, onRetry } = this.#context;
    const isLimit = error instanceof RateLimitError;
    const count = isLimit ? ++this.#limited : ++this.#failures;
    if (!isLimit && count >= policy.maxAttempts) throw error;
    const jitter = backoff(policy, count, clock.random());
    // Never earlier than asked; the jitter on top keeps those who were told the same moment apart.
    const wait = (asked ?? (isLimit ? policy.baseDelay : 0)) + jitter;
    // Attempts at a limit are not counted: without a least wait, "retry at once" would be tried for ever.
    const delay = isLimit ? Math.max(wait, MIN_LIMIT_WAIT) : wait;
    if (this.#waited + delay > policy.maxElapsed) throw error;
    this.#waited += delay;
    onRetry?.({ attempt: this.#failures + this.#limited, delay, reason: error.message, error });
    await clock.sleep(delay, signal).catch((cause: unknown) => {
      throw new AbortedError('Waiting to try again', cause);
    });
  }
}

/** Answers that a later attempt may not get. Never other 4xx. */
export function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status === 502 || status === 503 || status === 504;
}

import { z } from 'zod/v4';
import { abortSignal, callback, count, milliseconds, zeroOrMore } from '../validation/rules.ts';
import type { RetryEvent } from './attempt.ts';
import type { RetryOverrides } from './retry-timing.ts';

/** Options of every call. */
export interface RequestOptions {
  /** Cancels the call: sockets are closed, and streams are destroyed. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds for the whole call, retries and waiting included.
   * @default no limit
   */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds without progress after which a request is aborted.
   * @default 60_000; 300_000 while a question about a video is answered
   */
  readonly idleTimeout?: number | undefined;
  readonly retry?: RetryOverrides | undefined;
  /** Called before each wait for another attempt. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

export const requestRules = {
  signal: abortSignal.optional(),
  timeout: milliseconds.optional(),
  idleTimeout: milliseconds.optional(),
  retry: z
    .strictObject({
      maxAttempts: count(1, 100).optional(),
      maxElapsed: zeroOrMore.optional(),
      baseDelay: zeroOrMore.optional(),
      maxDelay: zeroOrMore.optional(),
    })
    .optional(),
  onRetry: callback<(event: RetryEvent) => void>().optional(),
};

export const requestOptions: z.ZodType<RequestOptions> = z.lazy(() => z.strictObject(requestRules));

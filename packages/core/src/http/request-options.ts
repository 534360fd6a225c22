import { z } from 'zod/v4';
import type { RetryEvent } from './retry.ts';
import type { RetryPolicy } from './retry-timing.ts';

/** Options of every call. */
export interface RequestOptions {
  /** Cancels the call: sockets are closed and streams are destroyed. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call, retries and waiting included; off by default. */
  readonly timeout?: number | undefined;
  /** Milliseconds without progress after which a request is ended; 60,000 by default. */
  readonly idleTimeout?: number | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Told before each wait for another attempt. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

export const count = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
export const milliseconds = z
  .number({ error: 'must be a number of milliseconds' })
  .min(1, { error: 'must be at least 1 ms' })
  // What timers can hold (2^31 - 1): more would fire at once.
  .max(2_147_483_647, { error: 'must be at most 2,147,483,647 ms (24.8 days)' });
const zeroOrMore = z
  .number({ error: 'must be a number of milliseconds' })
  .min(0, { error: 'must not be negative' });
const signal = z.custom<AbortSignal>(
  (value) => typeof (value as AbortSignal | null)?.addEventListener === 'function',
  {
    error: 'must be an AbortSignal',
  },
);
// biome-ignore lint/complexity/noBannedTypes: any callback
export const callback = z.custom<Function>((value) => typeof value === 'function', {
  error: 'must be a function',
});

export const requestRules = {
  signal: signal.optional(),
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
  onRetry: callback.optional(),
};

export const requestOptions = z.looseObject(requestRules);

import { z } from 'zod/v4';
import { type RequestOptions, requestRules } from '../http/request-options.ts';
import { callback, milliseconds } from '../validation/rules.ts';

/** Options of every wait for the platform. */
export interface PollOptions<T> extends RequestOptions {
  /**
   * Milliseconds.
   * @default 1_800_000 (30 minutes)
   */
  readonly maxWait?: number | undefined;
  /**
   * Milliseconds before the second read; each further pause is longer by half.
   * @default 1_000
   */
  readonly interval?: number | undefined;
  /**
   * Milliseconds between two reads at most.
   * @default 15_000
   */
  readonly maxInterval?: number | undefined;
  /** Called with the first read, and at each change of the status. */
  readonly onStatus?: ((seen: T) => void) | undefined;
}

/** The same for people who leave them out. */
export const WAIT_DEFAULTS = { maxWait: 1_800_000, interval: 1_000, maxInterval: 15_000 };

/** Their rules, for options that have more than these. */
export const pollRules = <T>() => ({
  ...requestRules,
  maxWait: milliseconds.optional(),
  interval: milliseconds.optional(),
  maxInterval: milliseconds.optional(),
  onStatus: callback<(seen: T) => void>().optional(),
});

export const pollOptions = <T>(): z.ZodType<PollOptions<T>> => z.strictObject(pollRules<T>());

/** Waiting as an option of what creates something: `true` waits with the defaults. */
export const waitOption = <T>() =>
  z.union([z.boolean(), pollOptions<T>()], { error: 'must be true, false or wait options' }).optional();

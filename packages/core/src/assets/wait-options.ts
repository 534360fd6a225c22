import { z } from 'zod/v4';
import { type RequestOptions, requestRules } from '../http/request-options.ts';
import { callback, milliseconds } from '../validation/rules.ts';
import type { Asset } from './schema.ts';

/** `asset`: its status is `ready`; `hls`, `thumbnail`: the stream or the picture is there as well. */
export type WaitFor = 'asset' | 'hls' | 'thumbnail';

export interface WaitOptions extends RequestOptions {
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
  /** @default ['asset'] */
  readonly waitFor?: readonly WaitFor[] | undefined;
  /** Called with the first read, and at each change of a status. */
  readonly onStatus?: ((asset: Asset) => void) | undefined;
}

export const waitOptions: z.ZodType<WaitOptions> = z.strictObject({
  ...requestRules,
  maxWait: milliseconds.optional(),
  interval: milliseconds.optional(),
  maxInterval: milliseconds.optional(),
  waitFor: z
    .array(z.enum(['asset', 'hls', 'thumbnail'], { error: 'must be "asset", "hls" or "thumbnail"' }))
    .optional(),
  onStatus: callback<(asset: Asset) => void>().optional(),
});

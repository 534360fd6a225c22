import { z } from 'zod/v4';
import { callback, milliseconds, type RequestOptions, requestRules } from '../http/request-options.ts';
import type { Asset } from './schema.ts';

/** `asset`: its status is `ready`; `hls`, `thumbnail`: the stream or the picture is there as well. */
export type WaitFor = 'asset' | 'hls' | 'thumbnail';

export interface WaitOptions extends RequestOptions {
  /** Milliseconds; 1,800,000 (30 min) by default. */
  readonly maxWait?: number | undefined;
  /** Milliseconds before the second look; grows by half each time. 1,000 by default. */
  readonly interval?: number | undefined;
  /** Milliseconds between looks at most; 15,000 by default. */
  readonly maxInterval?: number | undefined;
  /** `['asset']` by default. */
  readonly waitFor?: readonly WaitFor[] | undefined;
  /** Told at the first look and at each change of a status. */
  readonly onStatus?: ((asset: Asset) => void) | undefined;
}

const wait = {
  ...requestRules,
  maxWait: milliseconds.optional(),
  interval: milliseconds.optional(),
  maxInterval: milliseconds.optional(),
  waitFor: z
    .array(z.enum(['asset', 'hls', 'thumbnail'], { error: 'must be "asset", "hls" or "thumbnail"' }))
    .optional(),
  onStatus: callback.optional(),
};

export const waitOptions = z.strictObject(wait);

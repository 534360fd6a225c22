import { z } from 'zod/v4';
import { WORKFLOWS, type Workflow, type WorkflowFit } from '../fit/workflow-fit.ts';
import type { RetryEvent } from '../http/retry.ts';
import type { RetryPolicy } from '../http/retry-timing.ts';
import type { UploadSession } from '../multipart/session-token.ts';
import { uploadSession } from '../multipart/session-token.ts';
import type { Asset } from '../schemas/asset.ts';

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

/** Bytes of the file that were sent, and its size when known. */
export interface Progress {
  readonly sent: number;
  readonly total: number | undefined;
}

/** `auto`: multipart when the file is over the limit of a direct upload. */
export type UploadStrategy = 'auto' | 'direct' | 'multipart';

export interface CreateOptions extends RequestOptions {
  /** `auto` by default. */
  readonly upload?: UploadStrategy | undefined;
  /** Chunks of a multipart upload that are sent at once; 4 by default. */
  readonly concurrency?: number | undefined;
  /** Whether the size is held against the limits before sending; true by default. The platform has the last word. */
  readonly checkSize?: boolean | undefined;
  /** Told at most four times a second, and at the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Create once: a key of your own for this piece of work. It travels in the asset's metadata, and an asset that
   * already carries it is returned instead of creating another.
   */
  readonly once?: string | undefined;
  /** Continues an interrupted multipart upload. */
  readonly resume?: UploadSession | undefined;
  /** Told when a multipart upload has begun: keep the session to be able to `resume` it. */
  readonly onSession?: ((session: UploadSession) => void) | undefined;
  /** Told of the asset as soon as it exists, before any waiting. */
  readonly onAsset?: ((asset: Asset) => void) | undefined;
  readonly waitUntilReady?: boolean | WaitOptions | undefined;
  /** Waits until the asset is ready and says whether it fits what it is meant for; never blocks. */
  readonly intendedFor?: readonly Workflow[] | undefined;
  readonly onWorkflowFit?: ((fit: WorkflowFit[]) => void) | undefined;
}

const count = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
const milliseconds = z
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
const callback = z.custom<Function>((value) => typeof value === 'function', { error: 'must be a function' });

const request = {
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

const wait = {
  ...request,
  maxWait: milliseconds.optional(),
  interval: milliseconds.optional(),
  maxInterval: milliseconds.optional(),
  waitFor: z
    .array(z.enum(['asset', 'hls', 'thumbnail'], { error: 'must be "asset", "hls" or "thumbnail"' }))
    .optional(),
  onStatus: callback.optional(),
};

/** Longest "create once" key, in characters. Our own bound, so that a key stays a label. */
const MAX_KEY = 255;

export const requestOptions = z.looseObject(request);
export const waitOptions = z.strictObject(wait);
export const createOptions = z.strictObject({
  ...request,
  upload: z
    .enum(['auto', 'direct', 'multipart'], { error: 'must be "auto", "direct" or "multipart"' })
    .optional(),
  concurrency: count(1, 32).optional(),
  checkSize: z.boolean({ error: 'must be true or false' }).optional(),
  onProgress: callback.optional(),
  once: z
    .string({ error: 'must be a string' })
    .min(1, { error: 'must not be empty' })
    .max(MAX_KEY, { error: 'must have at most 255 characters' })
    .optional(),
  resume: uploadSession.optional(),
  onSession: callback.optional(),
  onAsset: callback.optional(),
  waitUntilReady: z
    .union([z.boolean(), waitOptions], { error: 'must be true, false or wait options' })
    .optional(),
  intendedFor: z
    .array(z.enum(WORKFLOWS, { error: `must be one of ${WORKFLOWS.join(', ')}` }), {
      error: 'must be an array',
    })
    .optional(),
  onWorkflowFit: callback.optional(),
});

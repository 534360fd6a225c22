import { z } from 'zod/v4';
import { callback, count, type RequestOptions, requestRules } from '../../http/request-options.ts';
import { WORKFLOWS, type Workflow, type WorkflowFit } from '../../requirements/workflow-fit.ts';
import { type UploadSession, uploadSession } from '../multipart/resume-token.ts';
import type { Asset } from '../schema.ts';
import { type WaitOptions, waitOptions } from '../wait-options.ts';

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

/** Longest "create once" key, in characters. Our own bound, so that a key stays a label. */
const MAX_KEY = 255;

export const createOptions = z.strictObject({
  ...requestRules,
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

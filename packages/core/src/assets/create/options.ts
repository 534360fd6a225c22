import { z } from 'zod/v4';
import { type LinkOptions, linkRules } from '../../http/check-links.ts';
import type { MediaKind } from '../../media/kind.ts';
import { onceKey } from '../../validation/once-key.ts';
import { callback, count, flag } from '../../validation/rules.ts';
import { assetType } from '../list-params.ts';
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

export interface CreateOptions extends LinkOptions {
  /** @default 'auto' */
  readonly upload?: UploadStrategy | undefined;
  /**
   * Chunks of a multipart upload that are sent at once.
   * @default 4
   */
  readonly concurrency?: number | undefined;
  /**
   * Whether to check the size against the documented limits before sending. The platform has the last word.
   * @default true
   */
  readonly checkSize?: boolean | undefined;
  /**
   * Whether to refuse a file that is certainly no video, audio or image. `false` sends kinds that the platform takes
   * and this version does not know.
   * @default true
   */
  readonly checkContent?: boolean | undefined;
  /**
   * Kinds that the next step takes, when an asset is on the way to something else. An image is refused where none is
   * expected, and anything else where only images are. Video and audio share containers, so neither is refused where only
   * the other is expected.
   * @default all
   */
  readonly kinds?: readonly MediaKind[] | undefined;
  /** Called before anything is sent, with each thing worth knowing about the file that is no reason to refuse it. */
  readonly onNote?: ((note: string) => void) | undefined;
  /** Called at most four times a second, and at the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * A create-once key: any text that identifies this job, such as an order number. It is stored in the asset's
   * metadata, and an asset that already has the same key is returned instead of creating another.
   */
  readonly once?: string | undefined;
  /** Continues an interrupted multipart upload. */
  readonly resume?: UploadSession | undefined;
  /** Called when a multipart upload has begun: keep the session to be able to `resume` it. */
  readonly onSession?: ((session: UploadSession) => void) | undefined;
  /** Called when an interrupted upload continues, with what the platform already has. */
  readonly onResume?: ((progress: Progress) => void) | undefined;
  /** Called with the asset as soon as it exists, before any waiting. */
  readonly onAsset?: ((asset: Asset) => void) | undefined;
  readonly waitUntilReady?: boolean | WaitOptions | undefined;
}

export const createOptions: z.ZodType<CreateOptions> = z.lazy(() =>
  z.strictObject({
    ...linkRules,
    upload: z
      .enum(['auto', 'direct', 'multipart'], { error: 'must be "auto", "direct" or "multipart"' })
      .optional(),
    concurrency: count(1, 32).optional(),
    checkSize: flag.optional(),
    checkContent: flag.optional(),
    kinds: z
      .array(assetType, { error: 'must be an array of kinds' })
      .min(1, { error: 'must have at least one kind' })
      .optional(),
    onNote: callback<(note: string) => void>().optional(),
    onProgress: callback<(progress: Progress) => void>().optional(),
    once: onceKey.optional(),
    resume: uploadSession.optional(),
    onSession: callback<(session: UploadSession) => void>().optional(),
    onResume: callback<(progress: Progress) => void>().optional(),
    onAsset: callback<(asset: Asset) => void>().optional(),
    waitUntilReady: z
      .union([z.boolean(), waitOptions], { error: 'must be true, false or wait options' })
      .optional(),
  }),
);

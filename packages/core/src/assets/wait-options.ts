import { z } from 'zod/v4';
import { type PollOptions, pollRules } from '../polling/wait-options.ts';
import type { Asset } from './schema.ts';

/** `asset`: its status is `ready`; `hls`, `thumbnail`: the stream or the picture is there as well. */
export type WaitFor = 'asset' | 'hls' | 'thumbnail';

export interface WaitOptions extends PollOptions<Asset> {
  /** @default ['asset'] */
  readonly waitFor?: readonly WaitFor[] | undefined;
}

export const waitOptions: z.ZodType<WaitOptions> = z.lazy(() =>
  z.strictObject({
    ...pollRules<Asset>(),
    waitFor: z
      .array(z.enum(['asset', 'hls', 'thumbnail'], { error: 'must be "asset", "hls" or "thumbnail"' }))
      .optional(),
  }),
);

import { z } from 'zod/v4';
import { type LinkOptions, linkRules } from '../http/check-links.ts';
import { type PollOptions, pollOptions } from '../polling/wait-options.ts';
import { onceKey } from '../validation/once-key.ts';
import { callback, flag } from '../validation/rules.ts';
import type { AnalysisTask } from './schema.ts';

/** `auto`: a task for long videos, those of unknown length, and with a create-once key; else in one request. */
export type AnalyzeMode = 'auto' | 'sync' | 'task';

/** Options of creating a task. */
export interface TaskOptions extends LinkOptions {
  /**
   * A create-once key: any text that identifies this job. With this key, the same question about the same video is asked
   * once: a further call gets the task of the first one, unless that task failed.
   * @default a random one for each call, which covers its own retries
   */
  readonly once?: string | undefined;
}

export interface AnalyzeOptions extends TaskOptions {
  /** @default 'auto' */
  readonly mode?: AnalyzeMode | undefined;
  /** Whether an answer that was cut off at `max_tokens` is a result instead of an error. @default false */
  readonly allowPartial?: boolean | undefined;
  /** How to wait for a task, and in mode `auto` for the asset. */
  readonly wait?: PollOptions<AnalysisTask> | undefined;
  /** Called with the task as soon as it exists, before any waiting. */
  readonly onTask?: ((task: AnalysisTask) => void) | undefined;
  /** Called with each piece of the text as it arrives; a task has none. */
  readonly onText?: ((text: string) => void) | undefined;
}

export interface StreamOptions extends LinkOptions {
  /** Whether an answer may end cut off at `max_tokens` without an error. @default false */
  readonly allowPartial?: boolean | undefined;
}

const taskRules = {
  ...linkRules,
  once: onceKey.optional(),
};

export const taskOptions: z.ZodType<TaskOptions> = z.lazy(() => z.strictObject(taskRules));

export const streamOptions: z.ZodType<StreamOptions> = z.lazy(() =>
  z.strictObject({
    ...linkRules,
    allowPartial: flag.optional(),
  }),
);

export const analyzeOptions: z.ZodType<AnalyzeOptions> = z.lazy(() =>
  z.strictObject({
    ...taskRules,
    mode: z.enum(['auto', 'sync', 'task'], { error: 'must be "auto", "sync" or "task"' }).optional(),
    allowPartial: flag.optional(),
    wait: pollOptions<AnalysisTask>().optional(),
    onTask: callback<(task: AnalysisTask) => void>().optional(),
    onText: callback<(text: string) => void>().optional(),
  }),
);

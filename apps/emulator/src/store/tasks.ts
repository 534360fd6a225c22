import type { Answer } from './answer.ts';
import type { Stored } from './records.ts';

/** An analysis as a task. Its result is known from the start, and answered once the task has had its time. */
export interface AnalyzeTaskRecord extends Stored {
  readonly custom_id: string | null;
  readonly idempotency_key: string | null;
  readonly analysis_mode: 'general' | 'time_based_metadata';
  readonly video: { readonly type: string; readonly url?: string; readonly asset_id?: string };
  readonly filename: string;
  readonly duration: number;
  /** What answers repeat of the request. */
  readonly params: Record<string, unknown>;
  readonly outcome: { readonly answer: Answer } | { readonly error: string };
}

/** An embedding as a task, likewise. */
export interface EmbedTaskRecord extends Stored {
  readonly model_name: string;
  readonly metadata: Record<string, unknown>;
  readonly data: readonly Record<string, unknown>[];
  /** Why it fails, if it does. */
  readonly error: string | null;
}

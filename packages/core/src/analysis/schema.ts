import { z } from 'zod/v4';
import { listOf } from '../validation/list-of.ts';
import { pageInfo } from '../validation/page-info.ts';
import { id, openEnum } from '../validation/rules.ts';

const finishReason = openEnum('stop', 'length');
const usage = z.lazy(() =>
  z.looseObject({ output_tokens: z.number().nullish(), input_tokens: z.number().nullish() }),
);
const problem = z.lazy(() => z.looseObject({ message: z.string().nullish() }));

/** One line of a streamed answer; kinds of events that are new pass through. */
export const analysisEvent = z.lazy(() =>
  z.looseObject({
    event_type: openEnum('stream_start', 'text_generation', 'stream_end').nullish(),
    text: z.string().nullish(),
    finish_reason: finishReason.nullish(),
    metadata: z.looseObject({ generation_id: z.string().nullish(), usage: usage.nullish() }).nullish(),
    error: problem.nullish(),
  }),
);

/** What a task found. */
const analysisResult = z.lazy(() =>
  z.looseObject({
    generation_id: z.string().nullish(),
    /** The text, also when it holds JSON. */
    data: z.string(),
    finish_reason: finishReason.nullish(),
    usage: usage.nullish(),
  }),
);

/** An analysis task, as the platform sent it. Source: the published description of `AnalyzeTaskResponse`. */
export const analysisTask = z.lazy(() =>
  z.looseObject({
    task_id: id,
    custom_id: z.string().nullish(),
    status: openEnum('queued', 'pending', 'processing', 'ready', 'failed').nullish(),
    /** What was asked. */
    request_params: z
      .looseObject({ response_format: z.looseObject({ type: z.string().nullish() }).nullish() })
      .nullish(),
    /** RFC 3339. */
    created_at: z.string().nullish(),
    completed_at: z.string().nullish(),
    /** Once it is ready. */
    result: analysisResult.nullish(),
    /** Why it failed, or, of one that is ready, why its result is cut off. */
    error: problem.nullish(),
  }),
);

/** An analysis task: more fields than these, and other values, pass through untouched. */
export interface AnalysisTask extends z.output<typeof analysisTask> {}

/** One page of analysis tasks. */
export const analysisTaskPage = z.lazy(() =>
  z.looseObject({ data: listOf(analysisTask), page_info: pageInfo }),
);

/** One page of analysis tasks. */
export interface AnalysisTaskPage extends z.output<typeof analysisTaskPage> {}

/** A part of the video that fits a definition; times in the format that was asked for, by default seconds. */
export interface Segment {
  /** The `id` of its definition. */
  readonly definition: string;
  readonly start_time: number | string;
  readonly end_time: number | string;
  /** The fields of its definition. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The answer to a question about a video, as the platform sent it, of whichever way it was asked. */
export interface Analysis {
  readonly id: string | undefined;
  /** The text, also when it holds JSON. */
  readonly data: string;
  readonly finish_reason: string | undefined;
  readonly usage: Readonly<Record<string, unknown>> | undefined;
  /** Why the text is cut off, when it is. */
  readonly error?: { readonly message?: string | null | undefined } | undefined;
  /** When it was answered by a task. */
  readonly task_id?: string | undefined;
  /** The parsed answer, when a JSON schema was given. */
  readonly json?: unknown;
  /** The segments in order of their definitions, when definitions were given. */
  readonly segments?: readonly Segment[] | undefined;
}

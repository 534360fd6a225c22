import { timestamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { stages } from '../progress.ts';
import type { Answer } from '../store/answer.ts';
import type { AnalyzeTaskRecord } from '../store/tasks.ts';

type Status = 'queued' | 'pending' | 'processing' | 'ready' | 'failed';

/** How far a task has come, and since when. */
export function analyzeTaskStatus(
  { progress }: Context,
  task: AnalyzeTaskRecord,
): { status: Status; since: number; isOver: boolean } {
  return progress.at(stages.analyze, 'answer' in task.outcome ? 'ready' : 'failed', task.created_at);
}

/** A task as retrieving one answers it. */
export function analyzeTaskJson(context: Context, task: AnalyzeTaskRecord): Record<string, unknown> {
  const { status, since, isOver } = analyzeTaskStatus(context, task);
  const { outcome } = task;
  return {
    task_id: task.id,
    custom_id: task.custom_id,
    video_source: { ...task.video, ...(isOver && { system_metadata: { duration: task.duration } }) },
    request_params: { analysis_mode: task.analysis_mode, ...task.params },
    status,
    created_at: timestamp(task.created_at),
    ...(isOver && { completed_at: timestamp(since) }),
    ...(isOver && 'answer' in outcome && { result: resultJson(task, outcome.answer) }),
    ...(isOver && errorJson(outcome)),
  };
}

function resultJson(task: AnalyzeTaskRecord, { error: _error, ...answer }: Answer): Record<string, unknown> {
  return { generation_id: newId(task.created_at), ...answer };
}

/** Why a task failed, or why its answer is cut off: of a task, both stand beside the result. */
function errorJson(outcome: AnalyzeTaskRecord['outcome']): { error?: { message: string } } {
  if ('error' in outcome) return { error: { message: outcome.error } };
  const { error } = outcome.answer;
  return error === undefined ? {} : { error };
}

/** A task as lists answer it: of what was asked only the beginning. */
export function analyzeTaskSummaryJson(context: Context, task: AnalyzeTaskRecord): Record<string, unknown> {
  const params = structuredClone(task.params) as {
    prompt?: string;
    prompt_v2?: { input_text: string };
    response_format?: { json_schema?: unknown; segment_definitions?: unknown[] };
  };
  if (params.prompt !== undefined) params.prompt = params.prompt.slice(0, 30);
  if (params.prompt_v2 !== undefined) params.prompt_v2.input_text = params.prompt_v2.input_text.slice(0, 30);
  if (params.response_format !== undefined) {
    delete params.response_format.json_schema;
    params.response_format.segment_definitions?.splice(1);
  }
  return analyzeTaskJson(context, { ...task, params });
}

import type { ValidationIssue } from '../errors/validation-error.ts';
import { shapeOf } from '../validation/shape.ts';
import type { AnalyzeMode } from './options.ts';
import type { CheckedAnalyzeParams } from './params.ts';

/**
 * Seconds of video that are analyzed in one request at most; longer ones, and those of unknown length, are left to a
 * task. One request is silent while the platform computes: 56 s for 8 minutes of video, over 121 s for an hour (seen in
 * live use), and many proxies close a connection after a minute of silence. A task also survives a lost connection.
 */
export const LONGEST_SYNC = 480;

/** What only a task can do. */
const TASK_ONLY = ['custom_id', 'min_segment_duration', 'max_segment_duration'] as const;

function needsTask(params: CheckedAnalyzeParams): boolean {
  return (
    params.response_format?.type === 'segment_definitions' ||
    TASK_ONLY.some((field) => params[field] !== undefined)
  );
}

interface Given {
  /** Seconds of the whole video, when known. */
  readonly duration?: number | undefined;
  readonly once?: string | undefined;
}

/** The way of mode `auto`. Only a task takes a create-once key. */
export function wayFor(params: CheckedAnalyzeParams, { duration, once }: Given): 'sync' | 'task' {
  const { start_time = 0, end_time = duration } = params;
  if (needsTask(params) || once !== undefined || end_time === undefined) return 'task';
  return end_time - start_time > LONGEST_SYNC ? 'task' : 'sync';
}

/** What cannot be done in the mode that was asked for. */
export function modeIssues(
  params: CheckedAnalyzeParams,
  { mode, once }: { readonly mode?: AnalyzeMode | undefined; readonly once?: string | undefined },
): ValidationIssue[] {
  if (mode !== 'sync') return [];
  const issue = (field: string, value: unknown): ValidationIssue => ({
    field,
    rule: 'mode',
    message: 'needs a task: use the mode "task" or "auto"',
    received: shapeOf(value),
  });
  return [
    ...(params.response_format?.type === 'segment_definitions'
      ? [issue('response_format', params.response_format)]
      : []),
    ...TASK_ONLY.flatMap((field) => (params[field] === undefined ? [] : [issue(field, params[field])])),
    ...(once === undefined ? [] : [issue('once', once)]),
  ];
}

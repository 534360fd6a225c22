import { sha256 } from '../files/digest.ts';
import type { CallContext } from '../http/call.ts';
import { operation } from '../http/operation.ts';
import { untilReady } from '../polling/until-ready.ts';
import { type PollOptions, pollOptions } from '../polling/wait-options.ts';
import { postAnalysisTask, retrieveAnalysisTask } from './endpoints.ts';
import { taskOptions } from './options.ts';
import { ANALYSIS_LINKS, analyzeParams, type CheckedAnalyzeParams, taskParams } from './params.ts';
import type { AnalysisTask } from './schema.ts';

/** Creates an analysis task. */
export const createAnalysisTask = operation(
  analyzeParams,
  taskOptions,
  (context, params, { once }) => createTask(context, params, once),
  { links: ANALYSIS_LINKS },
);

/** Waits for an analysis task. */
export const waitForAnalysisTask = operation(
  taskParams,
  pollOptions<AnalysisTask>(),
  (context, { task_id }, options) => waitForTask(context, task_id, options),
);

export async function createTask(
  context: CallContext,
  params: CheckedAnalyzeParams,
  once: string | undefined,
): Promise<AnalysisTask> {
  const idempotencyKey = once === undefined ? undefined : await inHeader(once);
  return postAnalysisTask.send({ ...context, idempotencyKey }, params);
}

/** A create-once key as a header can hold it. Not encoded: another key may look like the encoded one. */
async function inHeader(key: string): Promise<string> {
  return /^[\x21-\x7e]+$/.test(key) ? key : sha256(new TextEncoder().encode(key));
}

/** @param createdHere whether this call created it */
export function waitForTask(
  context: CallContext,
  task_id: string,
  options: PollOptions<AnalysisTask>,
  createdHere = false,
): Promise<AnalysisTask> {
  const subject = { resource: 'analysis_task', id: task_id } as const;
  const read = (reading: CallContext) => retrieveAnalysisTask.send(reading, { task_id });
  return untilReady(context, subject, read, options, { createdHere });
}

import type { CallContext } from '../http/call.ts';
import { operation } from '../http/operation.ts';
import { untilReady } from '../polling/until-ready.ts';
import { type PollOptions, pollOptions } from '../polling/wait-options.ts';
import { sha256 } from '../text/digest.ts';
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
  if (once === undefined) return postAnalysisTask.send(context, params);
  const began = context.clock.now();
  for (let failed = 0; ; failed++) {
    const idempotencyKey = await questionKey(once, params, failed);
    const task = await postAnalysisTask.send({ ...context, idempotencyKey }, params);
    if (task.status !== 'failed') return task;
    // A task of this call that failed at once is its result; only those of earlier calls are passed over.
    const { created_at } = await retrieveAnalysisTask.send(context, { task_id: task.task_id });
    if (!(Date.parse(created_at ?? '') < began)) return task;
  }
}

/**
 * The key under which the platform runs a task once. One create-once key may stand for several questions about a video,
 * and a task that failed would be returned again and again.
 */
function questionKey(once: string, params: CheckedAnalyzeParams, failed: number): Promise<string> {
  return sha256(JSON.stringify([once, params, failed]));
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

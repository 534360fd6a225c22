import { z } from 'zod/v4';
import { endpoint, nothing } from '../http/endpoint.ts';
import type { IterableOperation } from '../http/iterable-operation.ts';
import { listAll } from '../http/list-all.ts';
import { analyzeParams, askParams, listTasksParams, taskParams } from './params.ts';
import { type AnalysisTask, analysisTask, analysisTaskPage } from './schema.ts';

/** The endpoints of analysis. Source: the published API description of `/analyze`. */

/** Lines that arrive one by one. */
const eventLines = z.custom<AsyncIterable<unknown>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
  { error: 'must be a stream of lines' },
);

/** Always streamed: an answer that comes in one piece is silent for minutes, like a stalled connection. */
export const askQuestion = endpoint('POST', 'analyze', {
  params: z.lazy(() => askParams.transform((params) => ({ ...params, stream: true as const }))),
  answer: eventLines,
  lines: true,
  creates: 'an answer, which is billed,',
});

/** The one POST that the platform documents an `Idempotency-Key` for: it may arrive twice. */
export const postAnalysisTask = endpoint('POST', 'analyze/tasks', {
  params: analyzeParams,
  answer: analysisTask,
  idempotent: true,
  creates: 'an analysis task',
});

export const retrieveAnalysisTask = endpoint('GET', 'analyze/tasks/{task_id}', {
  params: taskParams,
  answer: analysisTask,
  isLarge: true,
});

export const listAnalysisTasks = endpoint('GET', 'analyze/tasks', {
  params: listTasksParams,
  answer: analysisTaskPage,
  isLarge: true,
});

export const listAllAnalysisTasks: IterableOperation<AnalysisTask> = listAll(
  listAnalysisTasks,
  listTasksParams,
  ({ task_id }) => task_id,
);

/** Deletes a task that is not being processed. */
export const deleteAnalysisTask = endpoint('DELETE', 'analyze/tasks/{task_id}', {
  params: taskParams,
  answer: nothing,
  goneIsDone: true,
});

import {
  type AnalysisTask,
  answerOf,
  deleteAnalysisTask,
  listAllAnalysisTasks,
  retrieveAnalysisTask,
  UnusableAnswerError,
  waitForAnalysisTask,
} from '@twelvelabs-nodes/core';
import { paging } from '../../fields/paging';
import { waitSwitch } from '../../fields/waiting';
import { group, sets } from '../../form/field';
import { someText } from '../../form/lists';
import type { Call, Operation } from '../../form/operation';

const taskId = sets('params.task_id', {
  displayName: 'Task ID',
  name: 'taskId',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. 6298d673f1090f1100476d4c',
  description: 'The task_id in the output of Analyze a Video or Segment a Video',
});

const wait = waitSwitch('Whether to wait until the task has its result', false);

export const getTask: Operation = {
  value: 'getTask',
  name: 'Get Task',
  action: 'Get an analysis task',
  description: 'Get an analysis task with its status, and its answer or segments when it is ready',
  form: [taskId, wait],
  async run(call) {
    if (!call.form.get(wait)) return [shown(call, await call.core(retrieveAnalysisTask))];
    const onStatus = () => call.onWaiting(`analysis task ${call.form.params.task_id}`);
    return [shown(call, await call.core(waitForAnalysisTask, { options: { onStatus } }))];
  },
};

/**
 * A task with what Analyze a Video or Segment a Video would have put out. An answer that they would refuse was paid for,
 * and this is how to read it: its text goes along with what is wrong with it.
 */
function shown(call: Call, task: AnalysisTask): object {
  if (task.status !== 'ready') return task;
  const { task_id, status, ...rest } = task;
  try {
    const { data, json, segments } = answerOf(task);
    return { task_id, status, ...(segments ? { segments } : { answer: json ?? data }), ...rest };
  } catch (error) {
    const { analysis, message } = asUnusable(error);
    const { data: answer, finish_reason } = analysis;
    call.hint(message, 'warning');
    return { task_id, status, answer, finish_reason, ...rest, error: rest.error ?? { message } };
  }
}

/** @throws any other error */
function asUnusable(error: unknown): UnusableAnswerError {
  if (error instanceof UnusableAnswerError) return error;
  throw error;
}

export const getTasks: Operation = {
  value: 'getTasks',
  name: 'Get Many Tasks',
  action: 'Get many analysis tasks',
  description: 'Get many analysis tasks, newest first',
  form: [
    ...paging,
    group(
      'Filters',
      'filters',
      [
        sets(
          'params.asset_id',
          {
            displayName: 'Asset ID',
            name: 'assetId',
            type: 'string',
            default: '',
            placeholder: 'e.g. 6298d673f1090f1100476d4c',
            description: 'Only tasks about this asset',
          },
          someText,
        ),
        sets('params.status', {
          displayName: 'Status',
          name: 'status',
          type: 'options',
          options: [
            { name: 'Failed', value: 'failed' },
            { name: 'Pending', value: 'pending' },
            { name: 'Processing', value: 'processing' },
            { name: 'Queued', value: 'queued' },
            { name: 'Ready', value: 'ready' },
          ],
          default: 'ready',
          description: 'Only tasks with this status',
        }),
      ],
      'Add filter',
    ),
  ],
  run: (call) => call.all(listAllAnalysisTasks),
};

export const deleteTask: Operation = {
  value: 'deleteTask',
  name: 'Delete Task',
  action: 'Delete an analysis task',
  description: 'Delete an analysis task with its result; the asset remains',
  form: [taskId],
  async run(call) {
    await call.core(deleteAnalysisTask);
    return [{ deleted: true, task_id: call.form.params.task_id }];
  },
};

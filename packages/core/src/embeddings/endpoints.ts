import { endpoint } from '../http/endpoint.ts';
import type { IterableOperation } from '../http/iterable-operation.ts';
import { listAll } from '../http/list-all.ts';
import { embeddingParams, embeddingTaskParams, listTasksParams, taskParams } from './params.ts';
import { type EmbeddingTask, embeddingResult, embeddingTask, embeddingTaskPage } from './schema.ts';

/** The endpoints of embeddings. Source: the published API description of `/embed-v2`. */

export const postEmbedding = endpoint('POST', 'embed-v2', {
  params: embeddingParams,
  answer: embeddingResult,
  isLarge: true,
  creates: 'an embedding, which is billed,',
});

/** Answers the id and the status only. */
export const postEmbeddingTask = endpoint('POST', 'embed-v2/tasks', {
  params: embeddingTaskParams,
  answer: embeddingTask,
  creates: 'an embedding task, which is billed,',
});

export const retrieveEmbeddingTask = endpoint('GET', 'embed-v2/tasks/{task_id}', {
  params: taskParams,
  answer: embeddingTask,
  isLarge: true,
});

export const listEmbeddingTasks = endpoint('GET', 'embed-v2/tasks', {
  params: listTasksParams,
  answer: embeddingTaskPage,
});

export const listAllEmbeddingTasks: IterableOperation<EmbeddingTask> = listAll(
  listEmbeddingTasks,
  listTasksParams,
  ({ _id }) => _id,
);

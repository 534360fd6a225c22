import { type CallContext, readLimits } from '../http/call.ts';
import { mediaOptions } from '../http/check-files.ts';
import { type Operation, operation } from '../http/operation.ts';
import { untilReady } from '../polling/until-ready.ts';
import { pollOptions } from '../polling/wait-options.ts';
import { postEmbedding, postEmbeddingTask, retrieveEmbeddingTask } from './endpoints.ts';
import { withInlineFiles } from './inline-files.ts';
import {
  EMBEDDING_FILES,
  EMBEDDING_LINKS,
  embeddingParams,
  embeddingTaskParams,
  taskParams,
} from './params.ts';
import type { EmbeddingResult, EmbeddingTask } from './schema.ts';

/** Creates embeddings in one request. */
export const createEmbedding: Operation<EmbeddingResult> = operation(
  embeddingParams,
  mediaOptions,
  async (context, params) => postEmbedding.send(context, await inlined(context, params)),
  { links: EMBEDDING_LINKS, files: EMBEDDING_FILES },
);

/** Creates a task for embeddings of long media. */
export const createEmbeddingTask: Operation<EmbeddingTask> = operation(
  embeddingTaskParams,
  mediaOptions,
  async (context, params) => postEmbeddingTask.send(context, await inlined(context, params)),
  { links: EMBEDDING_LINKS, files: EMBEDDING_FILES },
);

/** Waits for an embedding task. */
export const waitForEmbeddingTask: Operation<EmbeddingTask> = operation(
  taskParams,
  pollOptions<EmbeddingTask>(),
  (context, { task_id }, options) => {
    const subject = { resource: 'embedding_task', id: task_id } as const;
    const read = (once: CallContext) => retrieveEmbeddingTask.send(once, { task_id });
    return untilReady(context, subject, read, options);
  },
);

async function inlined<P>(context: CallContext, params: P): Promise<P> {
  // The names and types of all fields stay, but for files.
  return (await withInlineFiles(params, readLimits(context))) as P;
}

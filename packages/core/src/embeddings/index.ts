export { createEmbedding, createEmbeddingTask, waitForEmbeddingTask } from './embed.ts';
export type { EmbeddingsClient, EmbeddingTasksClient } from './embeddings-client.ts';
export { listAllEmbeddingTasks, listEmbeddingTasks, retrieveEmbeddingTask } from './endpoints.ts';
export { MAX_INLINE_BYTES } from './inline-files.ts';
export {
  DEFAULT_EMBEDDING_MODEL,
  type EmbeddingParams,
  type EmbeddingTaskParams,
  type ListEmbeddingTasksParams,
} from './params.ts';
export type { Embedding, EmbeddingResult, EmbeddingTask, EmbeddingTaskPage } from './schema.ts';

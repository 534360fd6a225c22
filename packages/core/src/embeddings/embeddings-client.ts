import type { MediaOptions } from '../http/check-files.ts';
import type { ApiConnection } from '../http/connection.ts';
import type { ListAll } from '../http/list-all.ts';
import type { RequestOptions } from '../http/request-options.ts';
import type { PollOptions } from '../polling/wait-options.ts';
import { createEmbedding, createEmbeddingTask, waitForEmbeddingTask } from './embed.ts';
import { listAllEmbeddingTasks, listEmbeddingTasks, retrieveEmbeddingTask } from './endpoints.ts';
import type { EmbeddingParams, EmbeddingTaskParams, ListEmbeddingTasksParams } from './params.ts';
import type { EmbeddingResult, EmbeddingTask, EmbeddingTaskPage } from './schema.ts';

/** Embeddings: vectors of texts, images, audio and video. */
export class EmbeddingsClient {
  /** Embeddings of audio and video up to four hours. */
  readonly tasks: EmbeddingTasksClient;
  readonly #connection: ApiConnection;

  constructor(connection: ApiConnection) {
    this.#connection = connection;
    this.tasks = new EmbeddingTasksClient(connection);
  }

  /**
   * Creates embeddings (`POST /embed-v2`): of a text, an image, both, or audio and video up to ten minutes.
   * @param params media come from a `url`, an `asset_id`, a `base64_string`, or a small `file`
   * @throws {UncertainOutcomeError} when the answer is lost: it was billed, and is not asked for again
   * @throws {FileReadError} when the file cannot be read
   */
  create(params: EmbeddingParams, options: MediaOptions = {}): Promise<EmbeddingResult> {
    return this.#connection.call(createEmbedding, params, options);
  }
}

/** Embedding tasks. The platform keeps them for seven days. */
export class EmbeddingTasksClient {
  readonly #connection: ApiConnection;

  constructor(connection: ApiConnection) {
    this.#connection = connection;
  }

  /**
   * Creates a task (`POST /embed-v2/tasks`) for audio or video up to four hours.
   * @returns the id and the status
   * @throws {UncertainOutcomeError} when the answer is lost: the platform does not show what a task was created from
   */
  create(params: EmbeddingTaskParams, options: MediaOptions = {}): Promise<EmbeddingTask> {
    return this.#connection.call(createEmbeddingTask, params, options);
  }

  /** Reads a task, and its embeddings once it is `ready` (`GET /embed-v2/tasks/{task_id}`). */
  retrieve(task_id: string, options: RequestOptions = {}): Promise<EmbeddingTask> {
    return this.#connection.call(retrieveEmbeddingTask, { task_id }, options);
  }

  /** Reads one page of tasks, without their embeddings (`GET /embed-v2/tasks`). */
  list(params: ListEmbeddingTasksParams = {}, options: RequestOptions = {}): Promise<EmbeddingTaskPage> {
    return this.#connection.call(listEmbeddingTasks, params, options);
  }

  /** Reads all tasks that match, page by page as the caller asks for them. */
  listAll(
    params: ListAll<ListEmbeddingTasksParams> = {},
    options: RequestOptions = {},
  ): AsyncGenerator<EmbeddingTask, void, undefined> {
    return this.#connection.iterate(listAllEmbeddingTasks, params, options);
  }

  /**
   * Waits until a task is `ready`, and returns it with its embeddings.
   * @throws {ResourceFailedError} with the platform's reason when it failed; {@link WaitTimeoutError}
   */
  waitUntilReady(task_id: string, options: PollOptions<EmbeddingTask> = {}): Promise<EmbeddingTask> {
    return this.#connection.call(waitForEmbeddingTask, { task_id }, options);
  }
}

import type { ApiConnection } from '../http/connection.ts';
import type { ListAll } from '../http/list-all.ts';
import type { Operation } from '../http/operation.ts';
import type { RequestOptions } from '../http/request-options.ts';
import type { PollOptions } from '../polling/wait-options.ts';
import { streamAnalysis } from './analyze.ts';
import {
  deleteAnalysisTask,
  listAllAnalysisTasks,
  listAnalysisTasks,
  retrieveAnalysisTask,
} from './endpoints.ts';
import type { AnalyzeOptions, StreamOptions, TaskOptions } from './options.ts';
import type { AnalyzeParams, AskParams, ListAnalysisTasksParams } from './params.ts';
import type { Analysis, AnalysisTask, AnalysisTaskPage } from './schema.ts';
import { createAnalysisTask, waitForAnalysisTask } from './tasks.ts';

/** Questions about videos. They need no index, and each answer is billed. */
export class AnalysisClient {
  /** Questions that the platform answers while nobody waits. */
  readonly tasks: AnalysisTasksClient;
  readonly #connection: ApiConnection;
  readonly #analyze: Operation<Analysis>;

  constructor(connection: ApiConnection, operations: { readonly analyze: Operation<Analysis> }) {
    this.#connection = connection;
    this.#analyze = operations.analyze;
    this.tasks = new AnalysisTasksClient(connection);
  }

  /**
   * Answers a question about a video (`POST /analyze`, or `POST /analyze/tasks` for a long video, one of unknown length
   * and segments). In mode `auto` the assets of the question are waited for until they are ready.
   * @param params a `prompt`, or `prompt_v2` with reference images; with `response_format` also the parsed JSON, or the
   * segments, are in the result. {@link ANALYSIS_PRESETS} has questions that many people have.
   * @throws {UnusableAnswerError} when the answer is cut off (unless `allowPartial`), or no JSON although a schema was given
   * @throws {UncertainOutcomeError} when the answer is lost: it was billed, and is not asked for again
   * @throws {ResourceFailedError} or {@link WaitTimeoutError} for a task, with its id
   */
  analyze(params: AnalyzeParams, options: AnalyzeOptions = {}): Promise<Analysis> {
    return this.#connection.call(this.#analyze, params, options);
  }

  /**
   * Answers a question in one request, and returns the text piece by piece as it arrives.
   * @throws the same as `analyze`; an answer that is cut off throws at its end
   */
  stream(params: AskParams, options: StreamOptions = {}): AsyncGenerator<string, void, undefined> {
    return this.#connection.iterate(streamAnalysis, params, options);
  }
}

/** Analysis tasks. */
export class AnalysisTasksClient {
  readonly #connection: ApiConnection;

  constructor(connection: ApiConnection) {
    this.#connection = connection;
  }

  /**
   * Creates a task (`POST /analyze/tasks`). A lost answer is asked for again under the same `Idempotency-Key`, so that
   * nobody pays twice.
   * @param options `once`: a create-once key, with which a second run returns the task of the first
   */
  create(params: AnalyzeParams, options: TaskOptions = {}): Promise<AnalysisTask> {
    return this.#connection.call(createAnalysisTask, params, options);
  }

  /** Reads a task, and its result once it is `ready` (`GET /analyze/tasks/{task_id}`). */
  retrieve(task_id: string, options: RequestOptions = {}): Promise<AnalysisTask> {
    return this.#connection.call(retrieveAnalysisTask, { task_id }, options);
  }

  /** Reads one page of tasks (`GET /analyze/tasks`). */
  list(params: ListAnalysisTasksParams = {}, options: RequestOptions = {}): Promise<AnalysisTaskPage> {
    return this.#connection.call(listAnalysisTasks, params, options);
  }

  /** Reads all tasks that match, page by page as the caller asks for them. */
  listAll(
    params: ListAll<ListAnalysisTasksParams> = {},
    options: RequestOptions = {},
  ): AsyncGenerator<AnalysisTask, void, undefined> {
    return this.#connection.iterate(listAllAnalysisTasks, params, options);
  }

  /**
   * Deletes a task (`DELETE /analyze/tasks/{task_id}`).
   * @throws {ConflictError} while the task is being processed
   */
  delete(task_id: string, options: RequestOptions = {}): Promise<void> {
    return this.#connection.call(deleteAnalysisTask, { task_id }, options);
  }

  /**
   * Waits until a task is `ready`.
   * @throws {ResourceFailedError} with the platform's reason when it failed; {@link WaitTimeoutError}
   */
  waitUntilReady(task_id: string, options: PollOptions<AnalysisTask> = {}): Promise<AnalysisTask> {
    return this.#connection.call(waitForAnalysisTask, { task_id }, options);
  }
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { answerQuestion, limitedAnswer } from '../analysis/answer.ts';
import { analysisWindow, questionText } from '../analysis/request.ts';
import { madeUpSegments } from '../analysis/segments.ts';
import { taskParams } from '../analysis/task-params.ts';
import {
  type GeneralTask,
  type SegmentsTask,
  segmentationWindow,
  taskRequest,
} from '../analysis/task-request.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { whileConnected } from '../http/connected.ts';
import { pageOf, pagingQuery } from '../http/paging.ts';
import { validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { jsonWithFileLimit, mediaFacts } from '../jobs/media-source.ts';
import type { MediaFacts } from '../media/facts.ts';
import { stages } from '../progress.ts';
import { missedRequirement } from '../requirements.ts';
import type { Answer } from '../store/answer.ts';
import type { AnalyzeTaskRecord } from '../store/tasks.ts';
import { analyzeTaskJson, analyzeTaskStatus, analyzeTaskSummaryJson } from './analyze-task-json.ts';
import { findRecord } from './find.ts';

/** Tokens of segments without `max_tokens`. Source: "Create an async analysis task". */
const segmentsMaxTokens = 32_768;

const listQuery = z.strictObject({
  ...pagingQuery,
  status: z.enum(['queued', 'pending', 'processing', 'ready', 'failed']).optional(),
  video_url: z.string().optional(),
  asset_id: z.string().optional(),
  analysis_mode: z.enum(['general', 'time_based_metadata']).optional(),
});

interface ById {
  Params: { id: string };
}

/** `/analyze/tasks`. */
export function analyzeTaskRoutes(app: FastifyInstance, context: Context): void {
  const tasks = context.store.analyzeTasks;
  const nested = { errorShape: 'nested' } as const;
  const find = (id: string): AnalyzeTaskRecord => findRecord(tasks, id, 'task_id');
  /** What is being created, by its Idempotency-Key: an equal request that comes meanwhile waits for it. */
  const underWay = new Map<string, Promise<unknown>>();

  async function createOnce(
    key: string,
    create: () => Promise<AnalyzeTaskRecord>,
  ): Promise<AnalyzeTaskRecord> {
    while (underWay.has(key)) await underWay.get(key);
    const known = tasks.all().find(({ idempotency_key }) => idempotency_key === key);
    if (known !== undefined) return known;
    const creating = create();
    const ended = creating.catch(() => undefined).then(() => underWay.delete(key));
    underWay.set(key, ended);
    return creating;
  }

  app.post('/analyze/tasks', { bodyLimit: jsonWithFileLimit, config: nested }, async (request, reply) => {
    const given = request.headers['idempotency-key'];
    const key = typeof given === 'string' ? given : null;
    let isNew = false;
    const create = () => {
      isNew = true;
      return createTask(context, request.body, key, whileConnected(reply));
    };
    const task = key === null ? await create() : await createOnce(key, create);
    // A task that was just created waits for its turn, however short that is.
    const { status } = isNew ? { status: stages.analyze[0] } : analyzeTaskStatus(context, task);
    return reply.code(202).send({ task_id: task.id, status });
  });

  app.get('/analyze/tasks', async (request) => {
    const query = validate(listQuery, request.query);
    const found = tasks
      .all()
      .toReversed()
      .filter(
        (task) =>
          (query.status === undefined || analyzeTaskStatus(context, task).status === query.status) &&
          (query.video_url === undefined || task.video.url === query.video_url) &&
          (query.asset_id === undefined || task.video.asset_id === query.asset_id) &&
          (query.analysis_mode === undefined || task.analysis_mode === query.analysis_mode),
      );
    return pageOf(found, query, (task) => analyzeTaskSummaryJson(context, task));
  });

  app.get<ById>('/analyze/tasks/:id', { config: nested }, async (request) =>
    analyzeTaskJson(context, find(request.params.id)),
  );

  app.delete<ById>('/analyze/tasks/:id', { config: nested }, async (request, reply) => {
    const task = find(request.params.id);
    if (analyzeTaskStatus(context, task).status === 'processing') {
      throw new PlatformError(
        409,
        'task_cannot_be_deleted',
        'The task cannot be deleted while it is being processed.',
      );
    }
    tasks.delete(task.id);
    return reply.code(200).send();
  });
}

async function createTask(
  context: Context,
  input: unknown,
  idempotency_key: string | null,
  signal: AbortSignal,
): Promise<AnalyzeTaskRecord> {
  const body = taskRequest(input);
  const text = body.analysis_mode === 'general' ? questionText(body) : '';
  const facts = await mediaFacts(context, body.video, 'video', signal, 400);
  const missed = missedRequirement(facts, 'analyzeTask');
  const outcome =
    missed === undefined ? { answer: answer(context, body, text, facts) } : { error: missed.message };
  const { video, custom_id = null, analysis_mode } = body;
  const now = context.clock.now();
  const task: AnalyzeTaskRecord = {
    id: newId(now),
    parent: null,
    created_at: now,
    custom_id,
    idempotency_key,
    analysis_mode,
    video: video.type === 'base64_string' ? { type: video.type } : video,
    filename: facts.filename,
    duration: facts.duration ?? 0,
    params: taskParams(body),
    outcome,
  };
  context.store.analyzeTasks.insert(task);
  context.progress.begin(stages.analyze.length);
  return task;
}

function answer(context: Context, body: GeneralTask | SegmentsTask, text: string, facts: MediaFacts): Answer {
  if (body.analysis_mode === 'general') {
    const schema = body.response_format?.json_schema;
    const question = { text, schema, maxTokens: body.max_tokens };
    return answerQuestion(context.definedAnswers, question, facts, analysisWindow(body, facts));
  }
  const window = segmentationWindow(body, facts);
  const segments =
    context.definedAnswers.find('', facts.filename) ?? JSON.stringify(madeUpSegments(body, window));
  return limitedAnswer(segments, body.max_tokens ?? segmentsMaxTokens, 0);
}

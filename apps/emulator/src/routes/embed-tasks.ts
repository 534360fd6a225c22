import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { timestamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { embedTaskBody } from '../embeddings/request.ts';
import { timedEmbeddings, timedMetadata } from '../embeddings/timed.ts';
import { notFound } from '../errors.ts';
import { whileConnected } from '../http/connected.ts';
import { pageOf, pagingQuery, timeText } from '../http/paging.ts';
import { validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { jsonWithFileLimit, mediaFacts } from '../jobs/media-source.ts';
import { stages } from '../progress.ts';
import { missedRequirement } from '../requirements.ts';
import type { EmbedTaskRecord } from '../store/tasks.ts';
import { findRecord } from './find.ts';

/** How long embeddings are stored. Source: "Retrieve embeddings". */
const retentionMs = 7 * 24 * 3_600_000;

const listQuery = z.strictObject({
  ...pagingQuery,
  status: z.enum(['processing', 'ready', 'failed']).optional(),
  started_at: timeText.optional(),
  ended_at: timeText.optional(),
});

interface ById {
  Params: { id: string };
}

/** `/embed-v2/tasks`. */
export function embedTaskRoutes(app: FastifyInstance, context: Context): void {
  const { clock, progress } = context;
  const tasks = context.store.embedTasks;
  const config = { errorShape: 'nested-upper-case' } as const;
  const isStored = (task: EmbedTaskRecord): boolean => clock.now() < task.created_at + retentionMs;
  const statusOf = (task: EmbedTaskRecord) =>
    progress.at(stages.embed, task.error === null ? 'ready' : 'failed', task.created_at);

  app.post('/embed-v2/tasks', { bodyLimit: jsonWithFileLimit, config }, async (request, reply) => {
    const body = validate(embedTaskBody, request.body ?? {});
    const { input_type } = body;
    const input = body.input_type === 'audio' ? body.audio : body.video;
    const field = `${input_type}.media_source`;
    const facts = await mediaFacts(context, input.media_source, field, whileConnected(reply), 400);
    const missed = missedRequirement(facts, 'embedTask');
    const now = clock.now();
    const task: EmbedTaskRecord = {
      id: newId(now),
      parent: null,
      created_at: now,
      model_name: body.model_name,
      metadata: timedMetadata(input_type, input, facts),
      data:
        missed === undefined ? timedEmbeddings(input, facts, input_type).map((item) => ({ ...item })) : [],
      error: missed?.message ?? null,
    };
    tasks.insert(task);
    progress.begin(stages.embed.length);
    return reply.code(202).send({ _id: task.id, status: 'processing' });
  });

  app.get('/embed-v2/tasks', async (request) => {
    const query = validate(listQuery, request.query);
    const found = tasks
      .all()
      .toReversed()
      .filter(
        (task) =>
          isStored(task) &&
          (query.status === undefined || statusOf(task).status === query.status) &&
          task.created_at >= (query.started_at ?? 0) &&
          task.created_at <= (query.ended_at ?? Number.POSITIVE_INFINITY),
      );
    return pageOf(found, query, (task) => ({
      _id: task.id,
      model_name: task.model_name,
      ...statusJson(task, statusOf(task)),
      [`${task.metadata.input_type}_embedding`]: { metadata: listedMetadata(task.metadata) },
    }));
  });

  app.get<ById>('/embed-v2/tasks/:id', { config }, async (request) => {
    const task = findRecord(tasks, request.params.id, 'task_id');
    if (!isStored(task)) throw notFound(task.id);
    const status = statusOf(task);
    return {
      _id: task.id,
      ...statusJson(task, status),
      data: status.status === 'ready' ? task.data : null,
      metadata: task.metadata,
      ...(status.status === 'failed' && { error: { message: task.error } }),
    };
  });
}

function statusJson(
  { created_at }: EmbedTaskRecord,
  { status, since }: { status: string; since: number },
): Record<string, string> {
  return { status, created_at: timestamp(created_at), updated_at: timestamp(since) };
}

/** The metadata of a task under the names that they have in lists. */
function listedMetadata(metadata: Record<string, unknown>): Record<string, unknown> {
  const { input_type, clip_length, embedding_options, embedding_scopes, ...rest } = metadata;
  return input_type === 'video'
    ? {
        ...rest,
        ...(clip_length !== undefined && { video_clip_length: clip_length }),
        video_embedding_scope: embedding_scopes,
      }
    : { ...rest, audio_embedding_options: embedding_options, audio_embedding_scopes: embedding_scopes };
}

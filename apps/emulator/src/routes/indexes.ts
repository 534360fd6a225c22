import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { timestamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { contains, pageOf, pagingQuery, sorted, sortingQuery, timeText } from '../http/paging.ts';
import { validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import type { IndexRecord } from '../store/indexes.ts';
import { findRecord } from './find.ts';

/** How long an index is kept on the Free plan. Source: "Retrieve an index", `expires_at`. */
const retentionMs = 90 * 24 * 3_600_000;

const indexName = z.string().min(1, 'must not be empty');
const modelOption = z.enum(['visual', 'audio']);

const createBody = z.strictObject({
  index_name: indexName,
  models: z
    .array(
      z.strictObject({
        model_name: z.literal('marengo3.0', 'must be marengo3.0'),
        model_options: z.array(modelOption).min(1, 'must name at least one option'),
      }),
    )
    .min(1, 'must name at least one model'),
  addons: z.array(z.enum(['thumbnail'])).default([]),
});

const listQuery = z.strictObject({
  ...pagingQuery,
  ...sortingQuery,
  index_name: z.string().optional(),
  model_options: z.string().optional(),
  model_family: z.enum(['marengo', 'pegasus']).optional(),
  created_at: timeText.optional(),
  updated_at: timeText.optional(),
});

const updateBody = z.strictObject({ index_name: indexName });

interface ById {
  Params: { index: string };
}

/** `/indexes`. */
export function indexRoutes(app: FastifyInstance, context: Context): void {
  const { clock, store } = context;

  app.post('/indexes', async (request, reply) => {
    const { index_name, models, addons } = validate(createBody, request.body ?? {});
    requireNewName(context, index_name);
    const now = clock.now();
    const index = { id: newId(now), parent: null, name: index_name, models, addons };
    store.indexes.insert({ ...index, created_at: now, updated_at: now });
    return reply.code(201).send({ _id: index.id });
  });

  app.get('/indexes', async (request) => {
    const query = validate(listQuery, request.query);
    const options = query.model_options?.split(',') ?? [];
    const found = store.indexes.all().filter((index) => {
      const enabled: string[] = index.models.flatMap(({ model_options }) => model_options);
      return (
        contains(index.name, query.index_name) &&
        options.every((option) => enabled.includes(option)) &&
        index.models.some(({ model_name }) => model_name.startsWith(query.model_family ?? '')) &&
        index.created_at >= (query.created_at ?? 0) &&
        index.updated_at >= (query.updated_at ?? 0)
      );
    });
    // The description names "desc" as the default, and says that the oldest come first, which they do.
    const all = sorted(found, query.sort_option ?? 'asc', (index) => index[query.sort_by]);
    return pageOf(all, query, (index) => indexJson(context, index));
  });

  app.get<ById>('/indexes/:index', async (request) =>
    indexJson(context, findRecord(store.indexes, request.params.index, 'index-id')),
  );

  app.put<ById>('/indexes/:index', async (request, reply) => {
    const index = findRecord(store.indexes, request.params.index, 'index-id');
    const { index_name } = validate(updateBody, request.body ?? {});
    if (index_name !== index.name) requireNewName(context, index_name);
    store.indexes.update(index.id, { name: index_name, updated_at: clock.now() });
    return reply.code(200).send();
  });

  app.delete<ById>('/indexes/:index', async (request, reply) => {
    const index = findRecord(store.indexes, request.params.index, 'index-id');
    context.atomically(() => {
      store.indexedAssets.deleteOf(index.id);
      store.searches.deleteOf(index.id);
      store.indexes.delete(index.id);
    });
    return reply.code(200).send();
  });
}

function requireNewName({ store }: Context, name: string): void {
  if (!store.indexes.all().some((index) => index.name === name)) return;
  throw new PlatformError(
    400,
    'index_name_already_exists',
    `Index name ${name} already exists. Please use another unique name and try again.`,
  );
}

export function indexJson({ store }: Context, index: IndexRecord): Record<string, unknown> {
  const videos = store.indexedAssets.all(index.id);
  return {
    _id: index.id,
    created_at: timestamp(index.created_at),
    updated_at: timestamp(index.updated_at),
    expires_at: timestamp(index.created_at + retentionMs),
    index_name: index.name,
    total_duration: videos.reduce((sum, { facts }) => sum + (facts.duration ?? 0), 0),
    video_count: videos.length,
    models: index.models,
    addons: index.addons,
  };
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import type { Context } from '../context.ts';
import { contains, pageOf, pagingQuery, sorted, sortingQuery } from '../http/paging.ts';
import { validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { collectionJson } from './entity-json.ts';
import { findRecord } from './find.ts';

const createBody = z.strictObject({
  name: z.string().min(1, 'must not be empty'),
  description: z.string().optional(),
});

const updateBody = createBody.partial();

const listQuery = z.strictObject({
  ...pagingQuery,
  ...sortingQuery,
  sort_by: z.enum(['created_at', 'updated_at', 'name']).default('created_at'),
  name: z.string().optional(),
});

interface ById {
  Params: { collection: string };
}

/** `/entity-collections`. */
export function entityCollectionRoutes(app: FastifyInstance, context: Context): void {
  const { clock } = context;
  const { collections, entities } = context.store;
  const path = '/entity-collections/:collection';

  app.post('/entity-collections', async (request, reply) => {
    const { name, description = null } = validate(createBody, request.body ?? {});
    const now = clock.now();
    const collection = { id: newId(now), parent: null, name, description, created_at: now, updated_at: now };
    collections.insert(collection);
    return reply.code(201).send(collectionJson(collection));
  });

  app.get('/entity-collections', async (request) => {
    const query = validate(listQuery, request.query);
    const found = collections.all().filter(({ name }) => contains(name, query.name));
    const all = sorted(found, query.sort_option ?? 'desc', (collection) => collection[query.sort_by]);
    return pageOf(all, query, collectionJson);
  });

  app.get<ById>(path, async (request) =>
    collectionJson(findRecord(collections, request.params.collection, 'entity_collection_id')),
  );

  app.patch<ById>(path, async (request) => {
    const collection = findRecord(collections, request.params.collection, 'entity_collection_id');
    const { name = collection.name, description = collection.description } = validate(
      updateBody,
      request.body ?? {},
    );
    const changes = { name, description, updated_at: clock.now() };
    collections.update(collection.id, changes);
    return collectionJson({ ...collection, ...changes });
  });

  app.delete<ById>(path, async (request, reply) => {
    const { id } = findRecord(collections, request.params.collection, 'entity_collection_id');
    context.atomically(() => {
      entities.deleteOf(id);
      collections.delete(id);
    });
    return reply.code(200).send();
  });
}

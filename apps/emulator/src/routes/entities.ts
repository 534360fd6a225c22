import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import type { Context } from '../context.ts';
import { invalid, PlatformError } from '../errors.ts';
import { contains, pageOf, pagingQuery, sorted, sortingQuery } from '../http/paging.ts';
import { validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { assetFacts } from '../jobs/media-source.ts';
import { stages } from '../progress.ts';
import { missedRequirement } from '../requirements.ts';
import type { EntityRecord } from '../store/entities.ts';
import { entityJson, entityStatus } from './entity-json.ts';
import { findRecord } from './find.ts';
import { replacedMetadata, userMetadataInput } from './user-metadata-schema.ts';

const assetIds = z.array(z.string()).min(1, 'must name at least one asset');

const entityBody = z.strictObject({
  name: z.string().min(1, 'must not be empty'),
  description: z.string().optional(),
  metadata: userMetadataInput.optional(),
  asset_ids: assetIds,
});

const bulkBody = z.strictObject({ entities: z.array(entityBody).min(1, 'must have at least one entity') });
const updateBody = entityBody.omit({ asset_ids: true }).partial();
const assetsBody = z.strictObject({ asset_ids: assetIds });

const listQuery = z.strictObject({
  ...pagingQuery,
  ...sortingQuery,
  sort_by: z.enum(['created_at', 'updated_at', 'name']).default('created_at'),
  name: z.string().optional(),
  status: z.enum(['processing', 'ready']).optional(),
});

interface InCollection {
  Params: { collection: string };
}

interface ById {
  Params: { collection: string; id: string };
}

/** `/entity-collections/{entity_collection_id}/entities`. */
export function entityRoutes(app: FastifyInstance, context: Context): void {
  const { clock } = context;
  const { collections, entities } = context.store;
  const path = '/entity-collections/:collection/entities';
  const collectionOf = ({ params }: { params: { collection: string } }): string =>
    findRecord(collections, params.collection, 'entity_collection_id').id;
  const find = (request: { params: { collection: string; id: string } }): EntityRecord =>
    findRecord(entities, request.params.id, 'entity_id', collectionOf(request));
  const update = (entity: EntityRecord, changes: Partial<EntityRecord>): Record<string, unknown> => {
    const all = { ...changes, updated_at: clock.now() };
    entities.update(entity.id, all);
    return entityJson(context, { ...entity, ...all });
  };
  const updateAssets = (entity: EntityRecord, asset_ids: string[]): Record<string, unknown> => {
    context.progress.begin(stages.entity.length);
    return update(entity, { asset_ids, processed_from: clock.now() });
  };

  app.post<InCollection>(path, async (request, reply) => {
    const collection = collectionOf(request);
    const entity = createEntity(context, collection, validate(entityBody, request.body ?? {}));
    return reply.code(201).send(entityJson(context, entity));
  });

  app.post<InCollection>(`${path}/bulk`, async (request, reply) => {
    const collection = collectionOf(request);
    const created: Record<string, unknown>[] = [];
    const errors: Record<string, unknown>[] = [];
    for (const [entity_index, input] of validate(bulkBody, request.body ?? {}).entities.entries()) {
      try {
        const { id, name, ...entity } = createEntity(context, collection, input);
        created.push({ _id: id, name, status: entityStatus(context, { id, name, ...entity }) });
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        errors.push({ entity_index, entity_name: input.name, error_reason: error.message });
      }
    }
    const counts = { success_count: created.length, failed_count: errors.length };
    return reply.code(201).send({ ...counts, entities: created, errors });
  });

  app.get<InCollection>(path, async (request) => {
    const collection = collectionOf(request);
    const query = validate(listQuery, request.query);
    const found = entities
      .all(collection)
      .filter(
        (entity) =>
          contains(entity.name, query.name) &&
          (query.status === undefined || query.status === entityStatus(context, entity)),
      );
    const all = sorted(found, query.sort_option ?? 'desc', (entity) => entity[query.sort_by]);
    return pageOf(all, query, (entity) => entityJson(context, entity));
  });

  app.get<ById>(`${path}/:id`, async (request) => entityJson(context, find(request)));

  app.patch<ById>(`${path}/:id`, async (request) => {
    const entity = find(request);
    const { metadata, ...fields } = validate(updateBody, request.body ?? {});
    return update(entity, {
      name: fields.name ?? entity.name,
      description: fields.description ?? entity.description,
      ...(metadata !== undefined && { metadata: replacedMetadata(metadata) }),
    });
  });

  app.delete<ById>(`${path}/:id`, async (request, reply) => {
    entities.delete(find(request).id);
    return reply.code(200).send();
  });

  app.post<ById>(`${path}/:id/assets`, async (request) => {
    const entity = find(request);
    const { asset_ids } = validate(assetsBody, request.body ?? {});
    for (const id of asset_ids) requireImage(context, id);
    return updateAssets(entity, [...new Set([...entity.asset_ids, ...asset_ids])]);
  });

  app.delete<ById>(`${path}/:id/assets`, async (request) => {
    const entity = find(request);
    const { asset_ids } = validate(assetsBody, request.body ?? {});
    const left = entity.asset_ids.filter((id) => !asset_ids.includes(id));
    if (left.length === 0) throw invalid('asset_ids', 'The last asset of an entity cannot be removed.');
    return updateAssets(entity, left);
  });
}

function createEntity(
  context: Context,
  collection: string,
  input: z.output<typeof entityBody>,
): EntityRecord {
  for (const id of input.asset_ids) requireImage(context, id);
  const now = context.clock.now();
  const entity: EntityRecord = {
    id: newId(now),
    parent: collection,
    name: input.name,
    description: input.description ?? null,
    metadata: replacedMetadata(input.metadata ?? {}),
    asset_ids: [...new Set(input.asset_ids)],
    created_at: now,
    updated_at: now,
    processed_from: now,
  };
  context.store.entities.insert(entity);
  context.progress.begin(stages.entity.length);
  return entity;
}

/** Refuses an asset that is no image by which something can be found; unknown ones too with 400, as described. */
function requireImage(context: Context, id: string): void {
  const facts = assetFacts(context, id, 'asset_ids', 400);
  const missed = missedRequirement(facts, 'image');
  if (missed !== undefined) throw invalid('asset_ids', `${id}: ${missed.message}`);
}

import type { Entity, ValidationIssue } from '@twelvelabs-nodes/core';
import { idOf, idToCheck, isId } from '../../runtime/named.ts';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
  unlessEmpty,
} from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { imageIds } from './images.ts';
import { entitySettings } from './settings.ts';

/** Manages entities: people and things that a search finds by their images. */
export default operationNode({ settings: entitySettings, check, run });

function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  const { core, values } = context;
  const asset_ids = values.images === undefined ? undefined : ['later'];
  const params = paramsOf(context, { entity_collection_id: idToCheck(values.collection), asset_ids });
  if (values.action === 'list') return core.listAllEntities.check(params, context.options);
  if (values.action === 'delete') return core.deleteEntity.check(params, context.options);
  if (values.action === 'add') return core.addEntityAssets.check(params, context.options);
  if (values.action === 'remove') return core.removeEntityAssets.check(params, context.options);
  return core.createEntity.check(params, waitingOf(context));
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, options, inTurn } = context;
  // Before a file is sent: an asset costs something, and a wrong setting does not need it.
  const issues = await check(context);
  if (issues.length > 0) throw new core.ValidationError(issues);
  const { action = 'create' } = values;
  const asset_ids = values.images === undefined ? undefined : await imageIds(context);
  return inTurn(async (release) => {
    const entity_collection_id = await collectionOf(context);
    const params = paramsOf(context, { entity_collection_id, asset_ids });
    switch (action) {
      case 'list':
        return listed(context, params);
      case 'delete':
        await client.call(core.deleteEntity, params, options);
        return { value: { _id: params.entity_id, deleted: true }, status: done('deleted') };
      case 'add':
        return one(await client.call(core.addEntityAssets, params, options), 'updated');
      case 'remove':
        return one(await client.call(core.removeEntityAssets, params, options), 'updated');
      default:
        return one(await created(context, params, release), 'created');
    }
  });
}

const one = (entity: Entity, status: string): Outcome => ({ value: entity, status: done(status) });

async function listed({ core, client, values, options }: OperationContext, params: object): Promise<Outcome> {
  const entities: Entity[] = [];
  for await (const entity of client.iterate(core.listAllEntities, params, options)) entities.push(entity);
  return {
    value: entities,
    ...(values.split === true ? { sequence: entities } : {}),
    status: done('found', { count: entities.length }),
  };
}

function created(context: OperationContext, params: object, release: () => void): Promise<Entity> {
  const { core, client, log, status } = context;
  return client.call(core.createEntity, params, {
    ...waitingOf(context),
    onEntity({ _id, name }: Entity) {
      log(`Created entity ${_id} (${name}).`);
      release();
      status({ name: 'processing', asset: name, since: performance.now() });
    },
  });
}

/** Only "create" makes a collection that is missing: in a new one, there is nothing to list, change or delete. */
async function collectionOf(context: OperationContext): Promise<string> {
  const { core, client, values, options } = context;
  const { action = 'create', collection: name } = values;
  if (action === 'create' && !isId(String(name)))
    return (await client.call(core.getOrCreateEntityCollection, { name }, options))._id;
  return idOf(context, name, {
    kind: 'collection',
    field: 'entity_collection_id',
    list: core.listAllEntityCollections,
    params: { name },
    nameOf: (collection) => collection.name,
  });
}

/** Names change here from Node-RED's to the API's. What does not apply to an action has no value. */
function paramsOf(
  { values }: CheckContext,
  ids: { readonly entity_collection_id: unknown; readonly asset_ids: readonly string[] | undefined },
): Record<string, unknown> {
  const { entityName, entityId, description, metadata } = values;
  return defined({
    ...ids,
    name: entityName,
    entity_id: entityId,
    description,
    metadata: unlessEmpty(metadata),
  });
}

function waitingOf({ values, options }: CheckContext): Record<string, unknown> {
  const { waitUntilReady, maxWait } = values;
  return {
    ...options,
    ...defined({ waitUntilReady: waitUntilReady === true ? defined({ maxWait }) : waitUntilReady }),
  };
}

import type { Checkable, Entity, ValidationIssue } from '@twelvelabs-nodes/core';
import { idOf, idToCheck, isId, LATER, takingNames } from '../../runtime/named.ts';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
  unlessEmpty,
} from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { assetOf } from '../../runtime/source/asset-of.ts';
import { becomeAssets, type CheckedMedia, checkMedia, requireSound } from '../../runtime/source/media.ts';
import { entitySettings } from './settings.ts';

/** Manages entities: people and things that a search finds by their images. */
export default operationNode({ settings: entitySettings, check, run });

const KINDS = ['image'] as const;

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  return (await checked(context)).issues;
}

/** With the images: one or a list of them; none of an action without images. */
function checked(context: CheckContext): Promise<CheckedMedia> {
  const { core, values, options } = context;
  const { action, images } = values;
  const all = images === undefined ? [] : [images].flat();
  const others: Readonly<Record<string, Checkable>> = {
    list: core.listAllEntities,
    delete: core.deleteEntity,
    add: core.addEntityAssets,
    remove: core.removeEntityAssets,
  };
  return checkMedia(context, all, {
    fields: ['asset_ids'],
    kinds: KINDS,
    ...(action === 'remove' ? { assetsOnly: 'must be the ID of an image asset, or a list of them' } : {}),
    async check() {
      const asset_ids = images === undefined ? undefined : all.map(() => LATER);
      const params = paramsOf(context, { entity_collection_id: idToCheck(values.collection), asset_ids });
      const operation = others[String(action)];
      const issues = operation
        ? await context.check(operation, params, options)
        : await context.check(core.createEntity, params, waitingOf(context));
      return takingNames(issues, 'entity_collection_id', 'a collection');
    },
  });
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, options, inTurn } = context;
  const sound = await checked(context);
  requireSound(context, sound);
  const { action = 'create' } = values;
  const target = becomeAssets(sound.media) ? await inTurn(() => requireTarget(context)) : undefined;
  const asset_ids = values.images === undefined ? undefined : await imageIdsOf(context, sound);
  return inTurn(async (release) => {
    const entity_collection_id = target ?? (await collectionOf(context));
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

/** The IDs of image assets: those that were given, and those of files and URLs, which become assets first. */
async function imageIdsOf(context: OperationContext, { media }: CheckedMedia): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, image] of media.entries()) ids.push(await assetOf(context, image, KINDS, index + 1));
  return ids;
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

/**
 * What the images are for must exist, unless "create" makes it: a collection that was named by its name.
 * @returns the ID of the collection that exists
 */
async function requireTarget(context: OperationContext): Promise<string | undefined> {
  const { core, client, values, options } = context;
  const { action = 'create', collection, entityId: entity_id } = values;
  if (action === 'create' && !isId(String(collection))) return undefined;
  const entity_collection_id = await collectionOf(context);
  if (action === 'create')
    await client.call(core.retrieveEntityCollection, { entity_collection_id }, options);
  else await client.call(core.retrieveEntity, { entity_collection_id, entity_id }, options);
  return entity_collection_id;
}

/** Only "create" makes a collection that is missing: in a new one, there is nothing to list, change or delete. */
async function collectionOf(context: OperationContext): Promise<string> {
  const { core, client, values, options } = context;
  const { action = 'create', collection } = values;
  const name = String(collection);
  if (action === 'create' && !isId(name))
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

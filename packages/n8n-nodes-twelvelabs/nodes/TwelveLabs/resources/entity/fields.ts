import { getOrCreateEntityCollection } from '@twelvelabs-nodes/core';
import { pick } from '../../fields/pick';
import { Named } from '../../form/form-values';
import type { Call } from '../../form/operation';

export const collection = pick(
  'params.entity_collection_id',
  'collectionId',
  'Collection',
  'searchCollections',
);

/** A collection that the call may create. */
export const collectionOrName = pick(
  'params.entity_collection_id',
  'collectionId',
  'Collection',
  'searchCollections',
  { named: 'team', description: 'The collection that contains the entity' },
);

/** The id of the chosen collection, which is created if it was chosen by a name that there is none of. */
export async function collectionOf(call: Call): Promise<unknown> {
  const { entity_collection_id } = call.form.params;
  if (!(entity_collection_id instanceof Named)) return entity_collection_id;
  const params = { name: entity_collection_id.name };
  return (await call.core(getOrCreateEntityCollection, { params, options: {} }))._id;
}

export const entityId = pick('params.entity_id', 'entityId', 'Entity', 'searchEntities');

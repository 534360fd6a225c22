import { getOrCreateEntityCollection, retrieveEntityCollection } from '@twelvelabs-nodes/core';
import { chosenBy } from '../../fields/chosen-by';
import { pick } from '../../fields/pick';

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

/** The collection that was chosen with it. */
export const chosenCollection = chosenBy({
  field: 'entity_collection_id',
  name: 'name',
  retrieve: retrieveEntityCollection,
  getOrCreate: getOrCreateEntityCollection,
});

export const entityId = pick('params.entity_id', 'entityId', 'Entity', 'searchEntities');

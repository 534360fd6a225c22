import { endpoint, nothing } from '../http/endpoint.ts';
import type { IterableOperation } from '../http/iterable-operation.ts';
import { listAll } from '../http/list-all.ts';
import {
  collectionParams,
  createCollectionParams,
  createEntityParams,
  entityAssetsParams,
  entityParams,
  listCollectionsParams,
  listEntitiesParams,
  updateCollectionParams,
  updateEntityParams,
} from './params.ts';
import {
  type Entity,
  type EntityCollection,
  entity,
  entityCollection,
  entityCollectionPage,
  entityPage,
} from './schema.ts';

/** The endpoints of entities. Source: the published API description of `/entity-collections`. */

export const postEntityCollection = endpoint('POST', 'entity-collections', {
  params: createCollectionParams,
  answer: entityCollection,
  creates: 'an entity collection',
});

export const retrieveEntityCollection = endpoint('GET', 'entity-collections/{entity_collection_id}', {
  params: collectionParams,
  answer: entityCollection,
});

export const listEntityCollections = endpoint('GET', 'entity-collections', {
  params: listCollectionsParams,
  answer: entityCollectionPage,
});

export const listAllEntityCollections: IterableOperation<EntityCollection> = listAll(
  listEntityCollections,
  listCollectionsParams,
  ({ _id }) => _id,
);

export const updateEntityCollection = endpoint('PATCH', 'entity-collections/{entity_collection_id}', {
  params: updateCollectionParams,
  answer: entityCollection,
});

export const deleteEntityCollection = endpoint('DELETE', 'entity-collections/{entity_collection_id}', {
  params: collectionParams,
  answer: nothing,
  goneIsDone: true,
});

export const postEntity = endpoint('POST', 'entity-collections/{entity_collection_id}/entities', {
  params: createEntityParams,
  answer: entity,
  creates: 'an entity',
});

export const retrieveEntity = endpoint(
  'GET',
  'entity-collections/{entity_collection_id}/entities/{entity_id}',
  { params: entityParams, answer: entity },
);

export const listEntities = endpoint('GET', 'entity-collections/{entity_collection_id}/entities', {
  params: listEntitiesParams,
  answer: entityPage,
});

export const listAllEntities: IterableOperation<Entity> = listAll(
  listEntities,
  listEntitiesParams,
  ({ _id }) => _id,
);

export const updateEntity = endpoint(
  'PATCH',
  'entity-collections/{entity_collection_id}/entities/{entity_id}',
  { params: updateEntityParams, answer: entity },
);

/** Deletes an entity; its images stay. */
export const deleteEntity = endpoint(
  'DELETE',
  'entity-collections/{entity_collection_id}/entities/{entity_id}',
  { params: entityParams, answer: nothing, goneIsDone: true },
);

/** May arrive twice: images are a set. */
export const addEntityAssets = endpoint(
  'POST',
  'entity-collections/{entity_collection_id}/entities/{entity_id}/assets',
  { params: entityAssetsParams, answer: entity, repeatable: true },
);

/** The last image of an entity cannot be removed. */
export const removeEntityAssets = endpoint(
  'DELETE',
  'entity-collections/{entity_collection_id}/entities/{entity_id}/assets',
  { params: entityAssetsParams, answer: entity, send: 'json' },
);

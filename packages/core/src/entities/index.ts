export {
  type CreateEntityOptions,
  createEntityCollection,
  getOrCreateEntityCollection,
  waitForEntity,
} from './create.ts';
export {
  addEntityAssets,
  deleteEntity,
  deleteEntityCollection,
  listAllEntities,
  listAllEntityCollections,
  listEntities,
  listEntityCollections,
  removeEntityAssets,
  retrieveEntity,
  retrieveEntityCollection,
  updateEntity,
  updateEntityCollection,
} from './endpoints.ts';
export type { EntitiesClient } from './entities-client.ts';
export type { EntityCollectionsClient } from './entity-collections-client.ts';
export type {
  CreateEntityCollectionParams,
  CreateEntityParams,
  ListEntitiesParams,
  ListEntityCollectionsParams,
  UpdateEntityParams,
} from './params.ts';
export type { Entity, EntityCollection, EntityCollectionPage, EntityPage } from './schema.ts';

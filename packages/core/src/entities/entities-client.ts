import type { ApiConnection } from '../http/connection.ts';
import type { ListAll } from '../http/list-all.ts';
import type { Operation } from '../http/operation.ts';
import type { RequestOptions } from '../http/request-options.ts';
import type { PollOptions } from '../polling/wait-options.ts';
import { type CreateEntityOptions, waitForEntity } from './create.ts';
import {
  addEntityAssets,
  deleteEntity,
  listAllEntities,
  listEntities,
  removeEntityAssets,
  retrieveEntity,
  updateEntity,
} from './endpoints.ts';
import type { CreateEntityParams, ListEntitiesParams, UpdateEntityParams } from './params.ts';
import type { Entity, EntityPage } from './schema.ts';

/** Entities: people and things that search can find, each shown by images. In a query: `${mentionOf(id)} on a bike`. */
export class EntitiesClient {
  readonly #connection: ApiConnection;
  readonly #createEntity: Operation<Entity>;

  constructor(connection: ApiConnection, operations: { readonly createEntity: Operation<Entity> }) {
    this.#connection = connection;
    this.#createEntity = operations.createEntity;
  }

  /**
   * Creates an entity (`POST /entity-collections/{entity_collection_id}/entities`), once its images are ready.
   * @param params `asset_ids`: image assets that show this entity
   * @param options `waitUntilReady` also waits until search can find this entity
   * @throws {AssetFailedError} when an image failed
   * @throws {UncertainOutcomeError} when the answer is lost and a search did not find the entity
   */
  create(
    entity_collection_id: string,
    params: CreateEntityParams,
    options: CreateEntityOptions = {},
  ): Promise<Entity> {
    return this.#connection.call(this.#createEntity, { ...params, entity_collection_id }, options);
  }

  /** Reads one entity. */
  retrieve(entity_collection_id: string, entity_id: string, options: RequestOptions = {}): Promise<Entity> {
    return this.#connection.call(retrieveEntity, { entity_collection_id, entity_id }, options);
  }

  /** Reads one page of the entities in a collection. */
  list(
    entity_collection_id: string,
    params: ListEntitiesParams = {},
    options: RequestOptions = {},
  ): Promise<EntityPage> {
    return this.#connection.call(listEntities, { ...params, entity_collection_id }, options);
  }

  /** Reads all entities in a collection that match, page by page as the caller asks for them. */
  listAll(
    entity_collection_id: string,
    params: ListAll<ListEntitiesParams> = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Entity, void, undefined> {
    return this.#connection.iterate(listAllEntities, { ...params, entity_collection_id }, options);
  }

  /** Changes name, description or metadata of an entity (`PATCH`). Metadata are replaced as a whole. */
  update(
    entity_collection_id: string,
    entity_id: string,
    params: UpdateEntityParams,
    options: RequestOptions = {},
  ): Promise<Entity> {
    return this.#connection.call(updateEntity, { ...params, entity_collection_id, entity_id }, options);
  }

  /** Deletes an entity (`DELETE`). Its images stay. */
  delete(entity_collection_id: string, entity_id: string, options: RequestOptions = {}): Promise<void> {
    return this.#connection.call(deleteEntity, { entity_collection_id, entity_id }, options);
  }

  /** Adds images to an entity, which may be processed again (`POST …/assets`). */
  addAssets(
    entity_collection_id: string,
    entity_id: string,
    params: { readonly asset_ids: readonly string[] },
    options: RequestOptions = {},
  ): Promise<Entity> {
    return this.#connection.call(addEntityAssets, { ...params, entity_collection_id, entity_id }, options);
  }

  /** Removes images from an entity, but never the last one (`DELETE …/assets`). The assets stay. */
  removeAssets(
    entity_collection_id: string,
    entity_id: string,
    params: { readonly asset_ids: readonly string[] },
    options: RequestOptions = {},
  ): Promise<Entity> {
    return this.#connection.call(removeEntityAssets, { ...params, entity_collection_id, entity_id }, options);
  }

  /** Waits until an entity is `ready`. @throws {WaitTimeoutError} when it takes too long */
  waitUntilReady(
    entity_collection_id: string,
    entity_id: string,
    options: PollOptions<Entity> = {},
  ): Promise<Entity> {
    return this.#connection.call(waitForEntity, { entity_collection_id, entity_id }, options);
  }
}

import type { ApiConnection } from '../http/connection.ts';
import type { ListAll } from '../http/list-all.ts';
import type { RequestOptions } from '../http/request-options.ts';
import { createEntityCollection, getOrCreateEntityCollection } from './create.ts';
import {
  deleteEntityCollection,
  listAllEntityCollections,
  listEntityCollections,
  retrieveEntityCollection,
  updateEntityCollection,
} from './endpoints.ts';
import type { CreateEntityCollectionParams, ListEntityCollectionsParams } from './params.ts';
import type { EntityCollection, EntityCollectionPage } from './schema.ts';

/** Collections of entities: people and things that search can find. */
export class EntityCollectionsClient {
  readonly #connection: ApiConnection;

  constructor(connection: ApiConnection) {
    this.#connection = connection;
  }

  /**
   * Creates a collection (`POST /entity-collections`).
   * @throws {UncertainOutcomeError} when the answer is lost; `getOrCreate` searches for the collection instead
   */
  create(params: CreateEntityCollectionParams, options: RequestOptions = {}): Promise<EntityCollection> {
    return this.#connection.call(createEntityCollection, params, options);
  }

  /** Finds the collection with exactly this name, the oldest one of several, or creates it. */
  getOrCreate(
    name: string,
    params: Omit<CreateEntityCollectionParams, 'name'> = {},
    options: RequestOptions = {},
  ): Promise<EntityCollection> {
    return this.#connection.call(getOrCreateEntityCollection, { ...params, name }, options);
  }

  /** Reads one collection (`GET /entity-collections/{entity_collection_id}`). */
  retrieve(entity_collection_id: string, options: RequestOptions = {}): Promise<EntityCollection> {
    return this.#connection.call(retrieveEntityCollection, { entity_collection_id }, options);
  }

  /** Reads one page of collections (`GET /entity-collections`). */
  list(
    params: ListEntityCollectionsParams = {},
    options: RequestOptions = {},
  ): Promise<EntityCollectionPage> {
    return this.#connection.call(listEntityCollections, params, options);
  }

  /** Reads all collections that match, page by page as the caller asks for them. */
  listAll(
    params: ListAll<ListEntityCollectionsParams> = {},
    options: RequestOptions = {},
  ): AsyncGenerator<EntityCollection, void, undefined> {
    return this.#connection.iterate(listAllEntityCollections, params, options);
  }

  /** Changes the name or the description of a collection (`PATCH`). */
  update(
    entity_collection_id: string,
    params: Partial<CreateEntityCollectionParams>,
    options: RequestOptions = {},
  ): Promise<EntityCollection> {
    return this.#connection.call(updateEntityCollection, { ...params, entity_collection_id }, options);
  }

  /** Deletes a collection (`DELETE`). */
  delete(entity_collection_id: string, options: RequestOptions = {}): Promise<void> {
    return this.#connection.call(deleteEntityCollection, { entity_collection_id }, options);
  }
}

import type { ApiConnection } from '../http/connection.ts';
import type { ListAll } from '../http/list-all.ts';
import type { RequestOptions } from '../http/request-options.ts';
import { createIndex, getOrCreateIndex } from './create-index.ts';
import { deleteIndex, listAllIndexes, listIndexes, retrieveIndex, updateIndex } from './endpoints.ts';
import type { CreateIndexParams, ListIndexesParams } from './params.ts';
import type { Index, IndexPage } from './schema.ts';

/** The indexes of an account. An index makes assets searchable; analysis needs none. */
export class IndexesClient {
  readonly #connection: ApiConnection;

  constructor(connection: ApiConnection) {
    this.#connection = connection;
  }

  /**
   * Creates an index (`POST /indexes`). When the answer is lost, returns the index of this name.
   * @param params `models` is `marengo3.0` for picture and sound by default
   * @returns the id of the index
   * @throws {ApiError} `index_name_already_exists`
   * @throws {UncertainOutcomeError} when the index may exist and a search did not find it
   */
  create(params: CreateIndexParams, options: RequestOptions = {}): Promise<Index> {
    return this.#connection.call(createIndex, params, options);
  }

  /**
   * Finds the index with exactly this name, or creates it. Safe when others do the same at the same time.
   * @param params used only when the index does not exist yet
   */
  getOrCreate(
    index_name: string,
    params: Omit<CreateIndexParams, 'index_name'> = {},
    options: RequestOptions = {},
  ): Promise<Index> {
    return this.#connection.call(getOrCreateIndex, { ...params, index_name }, options);
  }

  /** Reads one index (`GET /indexes/{index_id}`). */
  retrieve(index_id: string, options: RequestOptions = {}): Promise<Index> {
    return this.#connection.call(retrieveIndex, { index_id }, options);
  }

  /** Reads one page of indexes (`GET /indexes`). */
  list(params: ListIndexesParams = {}, options: RequestOptions = {}): Promise<IndexPage> {
    return this.#connection.call(listIndexes, params, options);
  }

  /** Reads all indexes that match, page by page as the caller asks for them. */
  listAll(
    params: ListAll<ListIndexesParams> = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Index, void, undefined> {
    return this.#connection.iterate(listAllIndexes, params, options);
  }

  /** Renames an index (`PUT /indexes/{index_id}`). */
  update(
    index_id: string,
    params: { readonly index_name: string },
    options: RequestOptions = {},
  ): Promise<void> {
    return this.#connection.call(updateIndex, { ...params, index_id }, options);
  }

  /** Deletes an index and everything indexed in it (`DELETE /indexes/{index_id}`). The assets stay. */
  delete(index_id: string, options: RequestOptions = {}): Promise<void> {
    return this.#connection.call(deleteIndex, { index_id }, options);
  }
}

import { AnalysisClient } from './analysis/analysis-client.ts';
import { AssetsClient } from './assets/assets-client.ts';
import {
  analyze,
  createEntity,
  createIndexedAsset,
  retrieveSearchPage,
  search,
  searchAll,
  waitForIndexedAsset,
} from './composed.ts';
import { EmbeddingsClient } from './embeddings/embeddings-client.ts';
import { EntitiesClient } from './entities/entities-client.ts';
import { EntityCollectionsClient } from './entities/entity-collections-client.ts';
import type { ValidationIssue } from './errors/validation-error.ts';
import { type AnyRequest, sendAnyRequest } from './http/any-request.ts';
import { ApiConnection, type ClientOptions } from './http/connection.ts';
import type { IterableOperation } from './http/iterable-operation.ts';
import type { Checkable, Operation } from './http/operation.ts';
import type { RequestOptions } from './http/request-options.ts';
import { IndexedAssetsClient } from './indexes/indexed-assets-client.ts';
import { IndexesClient } from './indexes/indexes-client.ts';
import { SearchClient } from './search/search-client.ts';

/** A TwelveLabs account: its resources, on one connection. */
export class TwelveLabsClient {
  readonly assets: AssetsClient;
  readonly analysis: AnalysisClient;
  readonly indexes: IndexesClient;
  readonly indexedAssets: IndexedAssetsClient;
  readonly search: SearchClient;
  readonly embeddings: EmbeddingsClient;
  readonly entityCollections: EntityCollectionsClient;
  readonly entities: EntitiesClient;
  readonly #connection: ApiConnection;

  /** @throws {ValidationError} when `baseUrl` may not be used */
  constructor(options: ClientOptions) {
    const connection = new ApiConnection(options);
    this.#connection = connection;
    this.assets = new AssetsClient(connection);
    this.analysis = new AnalysisClient(connection, { analyze });
    this.indexes = new IndexesClient(connection);
    this.indexedAssets = new IndexedAssetsClient(connection, { createIndexedAsset, waitForIndexedAsset });
    this.search = new SearchClient(connection, { search, retrieveSearchPage, searchAll });
    this.embeddings = new EmbeddingsClient(connection);
    this.entityCollections = new EntityCollectionsClient(connection);
    this.entities = new EntitiesClient(connection, { createEntity });
  }

  /**
   * Runs an operation, such as `retrieveAsset`, with input that nobody has checked yet.
   * @throws {ValidationError} with every problem of parameters and options, before anything is sent
   */
  call<T>(operation: Operation<T>, params: unknown, options?: unknown): Promise<T> {
    return this.#connection.call(operation, params, options);
  }

  /**
   * Reports every problem of an operation's input, such as a URL that the platform of this client cannot reach, without
   * sending anything. Reads the first bytes of a file.
   * @returns what `call` or `iterate` would throw as a {@link ValidationError}; empty when there is no problem
   */
  check(operation: Checkable, params: unknown, options?: unknown): Promise<readonly ValidationIssue[]> {
    return operation.check(params, options, this.#connection);
  }

  /**
   * Runs an operation with many results, such as `listAllIndexes`, with input that nobody has checked yet.
   * @returns the results, one by one as the caller asks for them
   * @throws {ValidationError} with every problem of parameters and options, before anything is sent
   */
  iterate<T>(
    operation: IterableOperation<T>,
    params: unknown,
    options?: unknown,
  ): AsyncGenerator<T, void, undefined> {
    return this.#connection.iterate(operation, params, options);
  }

  /**
   * Sends a request to any other endpoint, with the key, the retries and the errors of all calls. A POST is sent again
   * only when it certainly had no effect.
   * @returns the parsed JSON, or the text, of the answer
   * @throws {UncertainOutcomeError} when a POST may have had an effect and its answer was lost
   */
  request(request: AnyRequest, options: RequestOptions = {}): Promise<unknown> {
    return this.#connection.call(sendAnyRequest, request, options);
  }
}

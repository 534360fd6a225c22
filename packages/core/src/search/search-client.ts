import type { ApiConnection } from '../http/connection.ts';
import type { SearchAllParams, SearchParams } from './params.ts';
import type { SearchItem, SearchPage } from './schema.ts';
import type { SearchAllOptions, SearchOperations, SearchOptions } from './search.ts';

/** Search in an index, by text, by images, by both, and for entities. Each query is billed; further pages are free. */
export class SearchClient {
  readonly #connection: ApiConnection;
  readonly #operations: SearchOperations;

  constructor(connection: ApiConnection, operations: SearchOperations) {
    this.#connection = connection;
    this.#operations = operations;
  }

  /**
   * Searches, and returns the first page (`POST /search`).
   * @param options `withAssets` adds `asset_id` and `filename` to each clip, or `asset_error` where that fails
   * @throws {UncertainOutcomeError} when the answer is lost: the query was billed, and is not sent again
   */
  query(params: SearchParams, options: SearchOptions = {}): Promise<SearchPage> {
    return this.#connection.call(this.#operations.search, params, options);
  }

  /**
   * Reads a further page (`GET /search/{page_token}`), free of charge.
   * @param page_token the `next_page_token` of the page before
   * @throws {ApiError} `search_page_token_expired`
   */
  page(
    page_token: string,
    params: { readonly include_user_metadata?: boolean | undefined } = {},
    options: SearchOptions = {},
  ): Promise<SearchPage> {
    return this.#connection.call(this.#operations.retrieveSearchPage, { ...params, page_token }, options);
  }

  /**
   * Searches, and returns the clips of all pages, the best one first, page by page as the caller asks for them.
   * @param options `firstPage` and `onFirstPage`: what failed on a further page can begin again without a second bill
   * @throws {ApiError} `search_page_token_expired` when the caller takes longer than the platform keeps the pages
   */
  queryAll(
    params: SearchAllParams,
    options: SearchAllOptions = {},
  ): AsyncGenerator<SearchItem, void, undefined> {
    return this.#connection.iterate(this.#operations.searchAll, params, options);
  }
}

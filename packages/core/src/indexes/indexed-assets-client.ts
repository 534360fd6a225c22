import type { ApiConnection } from '../http/connection.ts';
import type { ListAll } from '../http/list-all.ts';
import type { Operation } from '../http/operation.ts';
import type { RequestOptions } from '../http/request-options.ts';
import type { PollOptions } from '../polling/wait-options.ts';
import type { UserMetadataUpdate } from '../validation/user-metadata.ts';
import {
  deleteIndexedAsset,
  listAllIndexedAssets,
  listIndexedAssets,
  retrieveIndexedAsset,
  updateIndexedAsset,
} from './endpoints.ts';
import type { IndexAssetOptions } from './index-asset.ts';
import type {
  CreateIndexedAssetParams,
  ListIndexedAssetsParams,
  RetrieveIndexedAssetParams,
} from './params.ts';
import type { IndexedAsset, IndexedAssetPage } from './schema.ts';
import { retrieveTranscript, type TranscriptItem } from './transcript.ts';

/** The operations that also need assets, which are another resource. */
export interface IndexedAssetOperations {
  readonly createIndexedAsset: Operation<IndexedAsset>;
  readonly waitForIndexedAsset: Operation<IndexedAsset>;
}

/** The assets in an index. The id of an indexed asset is what search calls `video_id`; it is not the asset's. */
export class IndexedAssetsClient {
  readonly #connection: ApiConnection;
  readonly #operations: IndexedAssetOperations;

  constructor(connection: ApiConnection, operations: IndexedAssetOperations) {
    this.#connection = connection;
    this.#operations = operations;
  }

  /**
   * Indexes an asset (`POST /indexes/{index_id}/indexed-assets`): waits until the asset is ready, and returns what is
   * in the index already, so that nobody pays twice. Indexing is billed by the duration of the asset.
   * @param options `waitUntilReady` also waits until the asset can be searched
   * @throws {AssetFailedError} when the asset failed
   * @throws {ResourceFailedError} while waiting, with the requirement that the asset misses, if that is known
   * @throws {WaitTimeoutError} when the asset, or the indexed asset, was not ready in time
   * @throws {UncertainOutcomeError} when the answer was lost and the asset has not appeared in the index
   */
  create(
    index_id: string,
    params: CreateIndexedAssetParams,
    options: IndexAssetOptions = {},
  ): Promise<IndexedAsset> {
    return this.#connection.call(this.#operations.createIndexedAsset, { ...params, index_id }, options);
  }

  /**
   * Reads an indexed asset (`GET /indexes/{index_id}/indexed-assets/{indexed_asset_id}`).
   * @param params `transcription` and `embedding_option` add these to the answer
   */
  retrieve(
    index_id: string,
    indexed_asset_id: string,
    params: RetrieveIndexedAssetParams = {},
    options: RequestOptions = {},
  ): Promise<IndexedAsset> {
    return this.#connection.call(retrieveIndexedAsset, { ...params, index_id, indexed_asset_id }, options);
  }

  /** Reads what is spoken. {@link formatSrt} and {@link formatWebVtt} make subtitles of it. */
  transcript(
    index_id: string,
    indexed_asset_id: string,
    options: RequestOptions = {},
  ): Promise<TranscriptItem[]> {
    return this.#connection.call(retrieveTranscript, { index_id, indexed_asset_id }, options);
  }

  /** Reads one page of the assets in an index. */
  list(
    index_id: string,
    params: ListIndexedAssetsParams = {},
    options: RequestOptions = {},
  ): Promise<IndexedAssetPage> {
    return this.#connection.call(listIndexedAssets, { ...params, index_id }, options);
  }

  /** Reads all assets in an index that match, page by page as the caller asks for them. */
  listAll(
    index_id: string,
    params: ListAll<ListIndexedAssetsParams> = {},
    options: RequestOptions = {},
  ): AsyncGenerator<IndexedAsset, void, undefined> {
    return this.#connection.iterate(listAllIndexedAssets, { ...params, index_id }, options);
  }

  /** Merges metadata into that of an indexed asset (`PATCH`); `null` deletes a key. Search can filter by metadata. */
  update(
    index_id: string,
    indexed_asset_id: string,
    params: { readonly user_metadata: UserMetadataUpdate },
    options: RequestOptions = {},
  ): Promise<void> {
    return this.#connection.call(updateIndexedAsset, { ...params, index_id, indexed_asset_id }, options);
  }

  /** Takes an asset out of an index (`DELETE`). The asset stays. */
  delete(index_id: string, indexed_asset_id: string, options: RequestOptions = {}): Promise<void> {
    return this.#connection.call(deleteIndexedAsset, { index_id, indexed_asset_id }, options);
  }

  /**
   * Waits until an indexed asset is `ready`.
   * @throws {ResourceFailedError} with the requirement that the asset misses, if that is known; {@link WaitTimeoutError}
   */
  waitUntilReady(
    index_id: string,
    indexed_asset_id: string,
    options: PollOptions<IndexedAsset> = {},
  ): Promise<IndexedAsset> {
    return this.#connection.call(
      this.#operations.waitForIndexedAsset,
      { index_id, indexed_asset_id },
      options,
    );
  }
}

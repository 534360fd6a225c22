import { ApiConnection, type ClientOptions } from '../http/connection.ts';
import type { ListAll } from '../http/list-all.ts';
import type { Operation } from '../http/operation.ts';
import type { RequestOptions } from '../http/request-options.ts';
import type { UserMetadata, UserMetadataUpdate } from '../validation/user-metadata.ts';
import { createAssetWith, planAsset } from './create/create.ts';
import { type CreateLedger, sharedLedger } from './create/ledger.ts';
import type { CreateOptions } from './create/options.ts';
import type { CreateAssetParams } from './create/params.ts';
import type { CreatePlan } from './create/plan.ts';
import {
  deleteAsset,
  deleteUserMetadata,
  listAllAssets,
  listAssets,
  replaceUserMetadata,
  retrieveAsset,
  updateUserMetadata,
} from './endpoints.ts';
import type { ListParams } from './list-params.ts';
import type { Asset, AssetPage } from './schema.ts';
import type { WaitOptions } from './wait-options.ts';
import { waitUntilReady } from './waiting.ts';

export interface AssetsClientOptions extends ClientOptions {
  /**
   * Keeps equal creates apart.
   * @default one that all clients of the process share
   */
  readonly ledger?: CreateLedger | undefined;
}

/**
 * The assets of a TwelveLabs account. Every call checks its input before anything is sent, retries what may be
 * repeated, and throws only errors of this library:
 * {@link ValidationError}, {@link ApiError} (and its subclasses {@link AuthenticationError}, {@link ConflictError} and
 * {@link RateLimitError}), {@link NetworkError}, {@link TimeoutError}, {@link AbortedError},
 * {@link UnexpectedResponseError}, and those that a method names.
 */
export class AssetsClient {
  readonly #connection: ApiConnection;
  readonly #createAsset: Operation<Asset>;

  /**
   * @param options what the client runs on, or the connection of another client
   * @throws {ValidationError} when `baseUrl` may not be used
   */
  constructor(options: AssetsClientOptions | ApiConnection) {
    const isConnection = options instanceof ApiConnection;
    this.#connection = isConnection ? options : new ApiConnection(options);
    this.#createAsset = createAssetWith((isConnection ? undefined : options.ledger) ?? sharedLedger);
  }

  /**
   * Creates an asset from a file or a public URL (`POST /assets`, or a multipart upload for a file over the limit of
   * a direct one). Nobody pays twice: where it is not known whether the platform created the asset, the newest assets
   * are searched before anything is sent again.
   * @param params parameters by the API's names
   * @returns the asset as the platform answered it; with `waitUntilReady`, the asset once it is ready
   * @throws {UncertainOutcomeError} when an asset may exist and a search could not decide
   * @throws {FileReadError} when the file cannot be read, or changes while it is read
   * @throws {UploadSessionError} when a multipart session has ended
   * @throws {AssetFailedError} or {@link WaitTimeoutError} while waiting
   */
  create(params: CreateAssetParams, options: CreateOptions = {}): Promise<Asset> {
    return this.#connection.call(this.#createAsset, params, options);
  }

  /**
   * Reports what `create` would send, and every problem with it, without sending anything. Reads the first bytes of
   * a file.
   */
  plan(params: CreateAssetParams, options: CreateOptions = {}): Promise<CreatePlan> {
    return this.#connection.call(planAsset, params, options);
  }

  /** Reads one asset (`GET /assets/{asset_id}`). */
  retrieve(asset_id: string, options: RequestOptions = {}): Promise<Asset> {
    return this.#connection.call(retrieveAsset, { asset_id }, options);
  }

  /** Reads one page of assets, newest first (`GET /assets`). */
  list(params: ListParams = {}, options: RequestOptions = {}): Promise<AssetPage> {
    return this.#connection.call(listAssets, params, options);
  }

  /** Reads all assets that match, newest first, page by page as the caller asks for them. */
  listAll(
    params: ListAll<ListParams> = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Asset, void, undefined> {
    return this.#connection.iterate(listAllAssets, params, options);
  }

  /**
   * Deletes an asset permanently (`DELETE /assets/{asset_id}`).
   * @param params `force`: also when an index still refers to this asset
   * @throws {ConflictError} when something refers to this asset and `force` is not set
   */
  delete(
    asset_id: string,
    params: { readonly force?: boolean | undefined } = {},
    options: RequestOptions = {},
  ): Promise<void> {
    return this.#connection.call(deleteAsset, { ...params, asset_id }, options);
  }

  /**
   * Waits until an asset is `ready`.
   * @throws {AssetFailedError} when this asset failed; {@link WaitTimeoutError}, with the asset last seen, when it takes too long
   */
  waitUntilReady(asset_id: string, options: WaitOptions = {}): Promise<Asset> {
    return this.#connection.call(waitUntilReady, { asset_id }, options);
  }

  /**
   * Merges metadata into what is there (`PATCH`).
   * @param user_metadata `null` deletes a key; the platform ignores an empty string
   */
  updateUserMetadata(
    asset_id: string,
    user_metadata: UserMetadataUpdate,
    options: RequestOptions = {},
  ): Promise<void> {
    return this.#connection.call(updateUserMetadata, { asset_id, user_metadata }, options);
  }

  /** Replaces all metadata (`PUT`). */
  replaceUserMetadata(
    asset_id: string,
    user_metadata: UserMetadata,
    options: RequestOptions = {},
  ): Promise<void> {
    return this.#connection.call(replaceUserMetadata, { asset_id, user_metadata }, options);
  }

  /** Clears all metadata (`DELETE`). */
  deleteUserMetadata(asset_id: string, options: RequestOptions = {}): Promise<void> {
    return this.#connection.call(deleteUserMetadata, { asset_id }, options);
  }
}

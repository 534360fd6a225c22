import type { z } from 'zod/v4';
import { baseUrl, DEFAULT_BASE_URL } from '../credentials.ts';
import { ValidationError } from '../errors/validation-error.ts';
import type { CallContext } from '../http/call.ts';
import { withDeadline } from '../http/deadline.ts';
import { type RequestOptions, requestOptions } from '../http/request-options.ts';
import { DEFAULT_RETRY, type RetryPolicy } from '../http/retry-timing.ts';
import type { Clock, Transport } from '../ports.ts';
import { assetParams } from '../validation/id.ts';
import { type Given, parse, parseBoth } from '../validation/parse.ts';
import { type CreateLedger, sharedLedger } from './create/claims.ts';
import { createAsset } from './create/create.ts';
import type { CreateOptions } from './create/options.ts';
import type { CreateAssetParams } from './create/params.ts';
import { type CreatePlan, prepare } from './create/plan.ts';
import { deleteAsset, deleteParams } from './delete.ts';
import { listAllAssets, listAssets } from './list.ts';
import { type ListAllParams, type ListParams, listAllParams, listParams } from './list-params.ts';
import {
  deleteUserMetadata,
  replaceMetadataParams,
  replaceUserMetadata,
  updateMetadataParams,
  updateUserMetadata,
} from './metadata-endpoints.ts';
import { retrieveAsset } from './retrieve.ts';
import type { Asset, AssetPage } from './schema.ts';
import type { UserMetadata, UserMetadataUpdate } from './user-metadata.ts';
import { type WaitOptions, waitOptions } from './wait-options.ts';
import { waitForAsset } from './waiting.ts';

/** What a client runs on. */
export interface AssetsClientOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** The platform's by default; https, or http on loopback. */
  readonly baseUrl?: string | undefined;
  /** Names the package and version that calls. */
  readonly userAgent?: string | undefined;
  /** For all calls; a call can override it. */
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Keeps equal creates apart; shared by all clients of the process by default. */
  readonly ledger?: CreateLedger | undefined;
}

/**
 * The assets of a TwelveLabs account. Every call checks its input before anything is sent, retries what may be
 * repeated, and throws only errors of this library:
 * {@link ValidationError}, {@link ApiError} (and under it {@link AuthenticationError}, {@link ConflictError} and
 * {@link RateLimitError}), {@link NetworkError}, {@link TimeoutError}, {@link AbortedError},
 * {@link UnexpectedResponseError}, and those that a method names.
 */
export class AssetsClient {
  readonly #options: AssetsClientOptions & { readonly baseUrl: string; readonly ledger: CreateLedger };

  /** @throws {ValidationError} when `baseUrl` may not be used */
  constructor(options: AssetsClientOptions) {
    this.#options = {
      ...options,
      baseUrl: parse(baseUrl, options.baseUrl ?? DEFAULT_BASE_URL, 'baseUrl'),
      ledger: options.ledger ?? sharedLedger,
    };
  }

  /**
   * Creates an asset from a file or a public URL (`POST /assets`, or a multipart upload for a file over the limit of
   * a direct one). Nobody pays twice: where it is not known whether the platform created the asset, the newest assets
   * are looked at before anything is sent again.
   * @param params parameters by the document's names
   * @returns the asset as the platform answered it, or as it is when ready with `waitUntilReady`
   * @throws {UncertainOutcomeError} when an asset may exist and a look could not tell
   * @throws {FileReadError} when the file can't be read, or changes while it is
   * @throws {UploadSessionError} when a multipart session is over
   * @throws {AssetFailedError} or {@link WaitTimeoutError} while waiting
   */
  async create(params: CreateAssetParams, options: CreateOptions = {}): Promise<Asset> {
    const prepared = await prepare(params, options);
    try {
      if (prepared.plan.problems.length > 0) throw new ValidationError(prepared.plan.problems);
      return await this.#run(options, (context) =>
        createAsset(context, this.#options.ledger, prepared, options),
      );
    } finally {
      await prepared.close();
    }
  }

  /**
   * Says what `create` would send, and every problem with it, without sending anything. Reads the first bytes of a
   * file whose media type does not tell its kind.
   */
  async plan(params: CreateAssetParams, options: CreateOptions = {}): Promise<CreatePlan> {
    const { plan, close } = await prepare(params, options);
    await close();
    return plan;
  }

  /** Reads one asset (`GET /assets/{asset_id}`). */
  retrieve(assetId: string, options: RequestOptions = {}): Promise<Asset> {
    return this.#call([assetParams, { asset_id: assetId }], options, retrieveAsset);
  }

  /** Reads one page of assets, newest first (`GET /assets`). */
  list(params: ListParams = {}, options: RequestOptions = {}): Promise<AssetPage> {
    return this.#call([listParams, params], options, listAssets);
  }

  /** Reads all assets that match, newest first, page by page as they are asked for. A `timeout` counts for each page. */
  async *listAll(
    params: ListAllParams = {},
    options: RequestOptions = {},
  ): AsyncGenerator<Asset, void, undefined> {
    const [checked] = parseBoth([listAllParams, params], [requestOptions, options]);
    yield* listAllAssets((page) => this.list(page, options), checked);
  }

  /**
   * Deletes an asset for good (`DELETE /assets/{asset_id}`).
   * @param options `force`: also when indexed assets still refer to it
   * @throws {ConflictError} when something refers to it and `force` is not set
   */
  delete(
    assetId: string,
    options: RequestOptions & { readonly force?: boolean | undefined } = {},
  ): Promise<void> {
    return this.#call([deleteParams, { asset_id: assetId, force: options?.force }], options, deleteAsset);
  }

  /**
   * Looks at an asset until it is `ready`.
   * @throws {AssetFailedError} when it failed; {@link WaitTimeoutError}, with the asset last seen, when it takes too long
   */
  waitUntilReady(assetId: string, options: WaitOptions = {}): Promise<Asset> {
    return this.#call(
      [assetParams, { asset_id: assetId }],
      options,
      (context, { asset_id }) => waitForAsset(context, asset_id, options),
      waitOptions,
    );
  }

  /** Merges metadata into what is there: `null` deletes a key, an empty string is ignored by the platform (`PATCH`). */
  updateUserMetadata(
    assetId: string,
    metadata: UserMetadataUpdate,
    options: RequestOptions = {},
  ): Promise<void> {
    const params = { asset_id: assetId, user_metadata: metadata };
    return this.#call([updateMetadataParams, params], options, updateUserMetadata);
  }

  /** Replaces all metadata (`PUT`). */
  replaceUserMetadata(assetId: string, metadata: UserMetadata, options: RequestOptions = {}): Promise<void> {
    const params = { asset_id: assetId, user_metadata: metadata };
    return this.#call([replaceMetadataParams, params], options, replaceUserMetadata);
  }

  /** Removes all metadata (`DELETE`). */
  deleteUserMetadata(assetId: string, options: RequestOptions = {}): Promise<void> {
    return this.#call([assetParams, { asset_id: assetId }], options, deleteUserMetadata);
  }

  /** Checks parameters and options together, so that all problems are told at once, then runs the operation. */
  async #call<P, T>(
    params: Given<P>,
    options: RequestOptions,
    operation: (context: CallContext, params: P) => Promise<T>,
    rules: z.ZodType = requestOptions,
  ): Promise<T> {
    const [checked] = parseBoth(params, [rules, options]);
    return this.#run(options, (context) => operation(context, checked));
  }

  /** @param options that were checked */
  #run<T>(options: RequestOptions, work: (context: CallContext) => Promise<T>): Promise<T> {
    const { transport, clock, userAgent, retry, baseUrl } = this.#options;
    const { signal, timeout, idleTimeout, onRetry } = options;
    const policy = { ...DEFAULT_RETRY, ...retry, ...options.retry };
    return withDeadline(clock, signal, timeout, (ending) =>
      work({ transport, clock, baseUrl, userAgent, policy, signal: ending, idleTimeout, onRetry }),
    );
  }
}

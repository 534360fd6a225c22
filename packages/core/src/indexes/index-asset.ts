import { z } from 'zod/v4';
import { about } from '../errors/about.ts';
import { ResourceFailedError } from '../errors/resource-failed-error.ts';
import { ifKnown } from '../http/answer.ts';
import type { CallContext } from '../http/call.ts';
import { KeyedLock } from '../http/keyed-lock.ts';
import { orFind } from '../http/lost-answer.ts';
import { type Operation, operation } from '../http/operation.ts';
import { type Paging, pages } from '../http/pages.ts';
import { type RequestOptions, requestRules } from '../http/request-options.ts';
import { untilReady } from '../polling/until-ready.ts';
import { type PollOptions, pollOptions, waitOption } from '../polling/wait-options.ts';
import { callback } from '../validation/rules.ts';
import { listIndexingsOfAsset, postIndexedAsset, retrieveIndexedAsset } from './endpoints.ts';
import { createIndexedAssetParams, indexedAssetParams } from './params.ts';
import type { IndexedAsset } from './schema.ts';

/** Options of indexing an asset. */
export interface IndexAssetOptions extends RequestOptions {
  /** Whether to wait until the asset can be searched. @default false */
  readonly waitUntilReady?: boolean | PollOptions<IndexedAsset> | undefined;
  /** Called with the indexed asset as soon as it exists, before any waiting. */
  readonly onIndexedAsset?: ((indexedAsset: IndexedAsset) => void) | undefined;
}

const indexAssetOptions: z.ZodType<IndexAssetOptions> = z.lazy(() =>
  z.strictObject({
    ...requestRules,
    waitUntilReady: waitOption<IndexedAsset>(),
    onIndexedAsset: callback<(indexedAsset: IndexedAsset) => void>().optional(),
  }),
);

/** What indexing needs to know of assets, which are another resource. */
export interface AssetsOfIndexing {
  /** Waits until an asset is ready. */
  waitForAsset(context: CallContext, asset_id: string, options: PollOptions<never>): Promise<unknown>;
  /** What to do about an asset that could not be indexed; says which requirement it misses, if that is known. */
  adviceFor(context: CallContext, asset_id: string): Promise<string>;
}

/** One at a time in this process for each asset and index: the second finds what the first created. */
const lock = new KeyedLock();

/** Indexes an asset once: waits for the asset, searches for it in the index, and creates it only when it is not there. */
export function createIndexedAssetWith(assets: AssetsOfIndexing): Operation<IndexedAsset> {
  return operation(createIndexedAssetParams, indexAssetOptions, async (context, params, options) => {
    const { index_id, asset_id } = params;
    const { waitUntilReady, onIndexedAsset } = options;
    const waiting = typeof waitUntilReady === 'object' ? waitUntilReady : {};
    await assets.waitForAsset(context, asset_id, { ...waiting, onStatus: undefined });
    const find = () => findIndexed(context, index_id, asset_id);
    const indexed = await lock.exclusive(
      [context.baseUrl, index_id, asset_id].join(' '),
      context.signal,
      async () =>
        (await find()) ?? (await orFind(context, () => postIndexedAsset.send(context, params), find)),
    );
    return about({ resource: 'indexed_asset', id: indexed._id }, async () => {
      onIndexedAsset?.(indexed);
      if (!waitUntilReady) return indexed;
      return waitForIndexed(context, assets, { index_id, indexed_asset_id: indexed._id }, waiting, true);
    });
  });
}

/** Waits until an asset can be searched in its index. */
export function waitForIndexedAssetWith(assets: AssetsOfIndexing): Operation<IndexedAsset> {
  return operation(indexedAssetParams, pollOptions<IndexedAsset>(), (context, ids, options) =>
    waitForIndexed(context, assets, ids, options),
  );
}

async function waitForIndexed(
  context: CallContext,
  assets: AssetsOfIndexing,
  ids: z.output<typeof indexedAssetParams>,
  options: PollOptions<IndexedAsset>,
  createdHere = false,
): Promise<IndexedAsset> {
  const subject = { resource: 'indexed_asset', id: ids.indexed_asset_id } as const;
  const read = (once: CallContext) => retrieveIndexedAsset.send(once, ids);
  try {
    return await untilReady(context, subject, read, options, { createdHere });
  } catch (error) {
    if (!(error instanceof ResourceFailedError)) throw error;
    const { asset_id } = error.item;
    // The platform gives no reason. What the asset misses may be one.
    const hint =
      typeof asset_id === 'string'
        ? await assets.adviceFor(context, asset_id).catch(() => undefined)
        : undefined;
    throw new ResourceFailedError(subject, error.item, { hint });
  }
}

/** The asset in this index. One that failed does not count, because the work is still to be done. */
async function findIndexed(
  context: CallContext,
  index_id: string,
  asset_id: string,
): Promise<IndexedAsset | undefined> {
  const read = (paging: Required<Paging>) => listIndexingsOfAsset.send(context, { asset_id, ...paging });
  for await (const indexings of pages(read, { key: ({ _id }) => _id })) {
    for (const { _id, index } of indexings) {
      if (index._id !== index_id) continue;
      const indexed = await ifKnown(retrieveIndexedAsset.send(context, { index_id, indexed_asset_id: _id }));
      if (indexed && indexed.status !== 'failed') return indexed;
    }
  }
  return undefined;
}

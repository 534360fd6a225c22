import { about } from '../errors/about.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { isUnknown } from '../http/answer.ts';
import type { CallContext } from '../http/call.ts';
import { operation } from '../http/operation.ts';
import { poll } from '../polling/poll.ts';
import { NOT_THERE_YET_MS, untilReady } from '../polling/until-ready.ts';
import { WAIT_DEFAULTS } from '../polling/wait-options.ts';
import { retrieveAsset } from './endpoints.ts';
import { AssetFailedError } from './errors/asset-failed-error.ts';
import type { Asset } from './schema.ts';
import { type WaitFor, type WaitOptions, waitOptions } from './wait-options.ts';

/**
 * Waits until an asset is ready.
 * @param createdHere whether this call created it: then an unknown id is not an error during the first minute
 * @throws {AssetFailedError} when it failed; {@link WaitTimeoutError} when it was not ready in time
 */
export function waitForAsset(
  context: CallContext,
  asset_id: string,
  { waitFor = ['asset'], ...options }: WaitOptions,
  createdHere = false,
): Promise<Asset> {
  const read = (once: CallContext) => retrieveAsset.send(once, { asset_id });
  return untilReady(context, { resource: 'asset', id: asset_id }, read, options, {
    createdHere,
    isReady: (asset) => isReady(asset, waitFor),
    state: ({ status, hls, thumbnail }) => [status, hls?.status, thumbnail?.status].join(),
  });
}

/** Reads an asset that this call has created, as soon as the platform knows it. */
export function readCreated(context: CallContext, assetId: string): Promise<Asset> {
  const subject = { resource: 'asset', id: assetId } as const;
  const maxWait = context.policy.maxElapsed;
  const read = () =>
    poll<Asset, Asset>(context, {
      what: `Reading asset ${assetId}`,
      read: (once) => retrieveAsset.send(once, { asset_id: assetId }),
      survives: (error, elapsed) => elapsed < NOT_THERE_YET_MS && isUnknown(error),
      result: (asset) => asset,
      pauses: { first: WAIT_DEFAULTS.interval, factor: 1.5, longest: WAIT_DEFAULTS.maxInterval },
      maxWait,
      timeout: (last, failure) => failure ?? new WaitTimeoutError(subject, maxWait, last),
    });
  return about(subject, read);
}

/** Waits for an asset. */
export const waitUntilReady = operation(retrieveAsset.params, waitOptions, (context, { asset_id }, options) =>
  waitForAsset(context, asset_id, options),
);

function isReady(asset: Asset, waitFor: readonly WaitFor[]): boolean {
  if (asset.status === 'failed') throw new AssetFailedError(asset);
  if (asset.status !== 'ready') return false;
  return (['hls', 'thumbnail'] as const).every((extra) => {
    if (!waitFor.includes(extra)) return true;
    const status = asset[extra]?.status;
    if (status === 'error')
      throw new AssetFailedError({ ...asset, error: { message: `its ${extra} could not be made` } });
    // Absent when it was not asked for, or does not apply to this kind: it will never come.
    return !status || status === 'ready';
  });
}

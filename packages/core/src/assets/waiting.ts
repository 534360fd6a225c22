import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import type { CallContext } from '../http/call.ts';
import { operation } from '../http/operation.ts';
import { poll } from '../polling/poll.ts';
import { retrieveAsset } from './endpoints.ts';
import { AssetFailedError } from './errors/asset-failed-error.ts';
import type { Asset } from './schema.ts';
import { type WaitFor, type WaitOptions, waitOptions } from './wait-options.ts';

const DEFAULTS = {
  maxWait: 1_800_000,
  interval: 1_000,
  maxInterval: 15_000,
  waitFor: ['asset'] as readonly WaitFor[],
};

/**
 * Reads an asset until it is ready.
 * @throws {AssetFailedError} when it failed; {@link WaitTimeoutError} when it was not ready in time
 */
export function waitForAsset(context: CallContext, assetId: string, options: WaitOptions): Promise<Asset> {
  const { maxWait = DEFAULTS.maxWait, interval = DEFAULTS.interval, onStatus } = options;
  const { maxInterval = DEFAULTS.maxInterval, waitFor = DEFAULTS.waitFor } = options;
  return poll<Asset, Asset>(context, {
    what: `Waiting for asset ${assetId}`,
    read: () => retrieveAsset.send(context, { asset_id: assetId }),
    result: (asset) => (isReady(asset, waitFor) ? asset : undefined),
    pauses: { first: interval, factor: 1.5, longest: maxInterval },
    maxWait,
    timeout: (last) => new WaitTimeoutError({ resource: 'asset', id: assetId }, maxWait, last),
    state: ({ status, hls, thumbnail }) => [status, hls?.status, thumbnail?.status].join(),
    onChange: onStatus,
  });
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

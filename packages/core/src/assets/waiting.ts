import { AbortedError } from '../errors/aborted-error.ts';
import type { CallContext } from '../http/call.ts';
import { AssetFailedError } from './errors/asset-failed-error.ts';
import { WaitTimeoutError } from './errors/wait-timeout-error.ts';
import { retrieveAsset } from './retrieve.ts';
import type { Asset } from './schema.ts';
import type { WaitFor, WaitOptions } from './wait-options.ts';

const DEFAULTS = {
  maxWait: 1_800_000,
  interval: 1_000,
  maxInterval: 15_000,
  waitFor: ['asset'] as readonly WaitFor[],
};

/**
 * Looks at an asset until it is ready.
 * @param seen the asset as it is known already, which saves the first look when that is the end
 * @throws {AssetFailedError} when it failed; {@link WaitTimeoutError} when it was not ready in time
 */
export async function waitForAsset(
  context: CallContext,
  assetId: string,
  options: WaitOptions,
  seen?: Asset,
): Promise<Asset> {
  const {
    maxWait = DEFAULTS.maxWait,
    interval = DEFAULTS.interval,
    maxInterval = DEFAULTS.maxInterval,
    onStatus,
  } = options;
  const waitFor = options.waitFor ?? DEFAULTS.waitFor;
  const startedAt = context.clock.now();
  let asset = seen;
  let told: string | undefined;
  for (let pause = Math.min(interval, maxInterval); ; pause = Math.min(pause * 1.5, maxInterval)) {
    asset ??= await retrieveAsset(context, { asset_id: assetId });
    const state = [asset.status, asset.hls?.status, asset.thumbnail?.status].join();
    if (state !== told) onStatus?.(asset);
    told = state;
    if (isReady(asset, waitFor)) return asset;
    const left = startedAt + maxWait - context.clock.now();
    if (left <= 0) throw new WaitTimeoutError(assetId, maxWait, asset);
    await context.clock.sleep(Math.min(pause, left), context.signal).catch((cause: unknown) => {
      throw new AbortedError(`Waiting for asset ${assetId}`, cause);
    });
    asset = undefined;
  }
}

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

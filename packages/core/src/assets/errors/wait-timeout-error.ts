import { TimeoutError } from '../../errors/timeout-error.ts';
import { excerpt } from '../../text/excerpt.ts';
import type { Asset } from '../schema.ts';
import { outlineOf } from './asset-outline.ts';

/** The asset exists, but was not ready within the time limit of the wait; waiting again is free. */
export class WaitTimeoutError extends TimeoutError {
  override readonly name = 'WaitTimeoutError';
  readonly assetId: string;
  /** The asset as it was last seen. */
  readonly asset: Asset | undefined;

  constructor(assetId: string, limit: number, asset: Asset | undefined) {
    const status = asset?.status ? `, last seen as "${excerpt(asset.status, 40)}"` : '';
    super(`Asset ${assetId} was not ready after ${limit / 1000} s${status}`, 'wait', limit, {
      hint: 'The asset exists: wait for it again with a longer limit instead of creating it again.',
    });
    this.assetId = assetId;
    this.asset = asset;
  }

  override toJSON(): Record<string, unknown> {
    return {
      ...super.toJSON(),
      assetId: this.assetId,
      ...(this.asset ? { asset: outlineOf(this.asset) } : {}),
    };
  }
}

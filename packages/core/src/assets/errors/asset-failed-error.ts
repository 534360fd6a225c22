import { TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import { excerpt } from '../../text/excerpt.ts';
import type { Asset } from '../schema.ts';
import { outlineOf } from './asset-outline.ts';

/** The platform received the file and could not process it. */
export class AssetFailedError extends TwelveLabsError {
  override readonly name = 'AssetFailedError';
  readonly code = 'asset_failed';
  readonly asset: Asset;
  /** The platform's own words, bounded; not to be parsed. */
  readonly reason: string;

  constructor(asset: Asset) {
    const reason = excerpt(asset.error?.message ?? 'the platform gave no reason');
    super(`Asset ${asset._id} failed: ${reason}`, {
      hint: 'Check that the file plays and that its format is supported, then create the asset again from a corrected file.',
    });
    this.asset = asset;
    this.reason = reason;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), asset: outlineOf(this.asset), reason: this.reason };
  }
}

import { outlineOf } from '../../errors/outline.ts';
import { ResourceFailedError } from '../../errors/resource-failed-error.ts';
import type { Asset } from '../schema.ts';

/** The platform could not process an asset: the file, or the link that it fetched. */
export class AssetFailedError extends ResourceFailedError {
  override readonly name = 'AssetFailedError';
  override readonly code = 'asset_failed';
  readonly asset: Asset;

  constructor(asset: Asset) {
    super({ resource: 'asset', id: asset._id }, asset, {
      hint:
        asset.method === 'url'
          ? 'Check that the link opens without a login and leads to the file itself, then create the asset again.'
          : 'Check that the file plays and that its format is supported, then create the asset again from a corrected file.',
    });
    this.asset = asset;
  }

  override toJSON(): Record<string, unknown> {
    const { item: _, ...rest } = super.toJSON();
    return { ...rest, asset: outlineOf(this.asset) };
  }
}

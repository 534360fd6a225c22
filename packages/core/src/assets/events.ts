import { kindOfType, type MediaKind } from '../media/kind.ts';
import type { EventName, Watched } from '../polling/watch.ts';
import type { UserMetadata } from '../validation/user-metadata.ts';
import type { AssetsClient } from './assets-client.ts';
import type { Asset } from './schema.ts';

/** The events of assets that a watch reports. */
export interface AssetEventFilter {
  readonly events: readonly EventName[];
  /** All kinds when empty. */
  readonly kinds: readonly MediaKind[];
  /** Part of the name; all names when empty. */
  readonly filename: string;
  /** Keys and values that the asset's metadata must contain; any metadata when missing. */
  readonly metadata?: UserMetadata | undefined;
}

/** Ids that one request can ask for. */
const BATCH = 50;

/** The assets of an account, for a watch. Another filename starts the watch again. */
export function watchAssets(
  client: Pick<AssetsClient, 'listAll'>,
  { events, kinds, filename, metadata = {} }: AssetEventFilter,
): Watched<Asset> {
  return {
    key: filename,
    events,
    list: () => client.listAll(filename ? { filename } : {}),
    async read(ids) {
      const assets: Asset[] = [];
      for (let start = 0; start < ids.length; start += BATCH) {
        for await (const asset of client.listAll({ asset_ids: ids.slice(start, start + BATCH) }))
          assets.push(asset);
      }
      return assets;
    },
    matches(asset) {
      const kind = kindOf(asset);
      if (kinds.length > 0 && !(kind && kinds.includes(kind))) return false;
      return Object.entries(metadata).every(([key, value]) => asset.user_metadata?.[key] === value);
    },
    // The kind, which a filter needs, may be known only when the asset is finished.
    isKnown: (asset) => kindOf(asset) !== undefined,
  };
}

function kindOf({ file_type }: Asset): MediaKind | undefined {
  return kindOfType(file_type ?? undefined);
}

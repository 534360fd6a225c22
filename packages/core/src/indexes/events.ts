import { ifKnown } from '../http/answer.ts';
import type { EventName, Watched } from '../polling/watch.ts';
import type { IndexedAssetsClient } from './indexed-assets-client.ts';
import type { IndexedAsset } from './schema.ts';

/** The events of the assets in an index that a watch reports. */
export interface IndexedAssetEventFilter {
  readonly events: readonly EventName[];
  readonly index_id: string;
  /** The name; all names when empty. */
  readonly filename: string;
}

/** The assets in an index, for a watch. Another index or filename starts the watch again. */
export function watchIndexedAssets(
  client: Pick<IndexedAssetsClient, 'listAll' | 'retrieve'>,
  { events, index_id, filename }: IndexedAssetEventFilter,
): Watched<IndexedAsset> {
  return {
    key: `${index_id} ${filename}`,
    events,
    list: () =>
      client.listAll(index_id, {
        sort_by: 'created_at',
        sort_option: 'desc',
        ...(filename ? { filename } : {}),
      }),
    async read(ids) {
      const indexed: IndexedAsset[] = [];
      for (const id of ids) {
        const found = await ifKnown(client.retrieve(index_id, id));
        if (found) indexed.push(found);
      }
      return indexed;
    },
    matches: () => true,
    isKnown: () => true,
  };
}

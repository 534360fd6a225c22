import { analyzeWith } from './analysis/analyze.ts';
import { retrieveAsset } from './assets/endpoints.ts';
import { waitForAsset } from './assets/waiting.ts';
import { createEntityWith } from './entities/create.ts';
import { retrieveIndexedAsset } from './indexes/endpoints.ts';
import { createIndexedAssetWith, waitForIndexedAssetWith } from './indexes/index-asset.ts';
import { indexingAdvice } from './requirements/check-requirements.ts';
import { searchWith } from './search/search.ts';

/** Operations that need several resources. Resources do not import each other: they are put together here. */

/** Answers a question about a video. */
export const analyze = analyzeWith({ waitForAsset });

const assetsOfIndexing = {
  waitForAsset,
  adviceFor: async (context, asset_id) => indexingAdvice(await retrieveAsset.send(context, { asset_id })),
} satisfies Parameters<typeof createIndexedAssetWith>[0];

/** Indexes an asset once. */
export const createIndexedAsset = createIndexedAssetWith(assetsOfIndexing);

/** Waits until an asset can be searched in its index. */
export const waitForIndexedAsset = waitForIndexedAssetWith(assetsOfIndexing);

/** Search: one page, a further page, all of them. */
export const { search, retrieveSearchPage, searchAll } = searchWith({
  async assetOf(context, index_id, indexed_asset_id) {
    const { asset_id, system_metadata } = await retrieveIndexedAsset.send(context, {
      index_id,
      indexed_asset_id,
    });
    return { asset_id: asset_id ?? undefined, filename: system_metadata?.filename ?? undefined };
  },
});

/** Creates an entity from images. */
export const createEntity = createEntityWith({ waitForAsset });

import { analyzeWith } from './analysis/analyze.ts';
import { retrieveAsset } from './assets/endpoints.ts';
import { waitForAsset } from './assets/waiting.ts';
import { createIndexedAssetWith, waitForIndexedAssetWith } from './indexes/index-asset.ts';
import { checkRequirements } from './requirements/check-requirements.ts';

/** Operations that need several resources. Resources do not import each other: they are put together here. */

/** Answers a question about a video. */
export const analyze = analyzeWith({ waitForAsset });

const assetsOfIndexing = {
  waitForAsset,
  adviceFor: async (context, asset_id) =>
    checkRequirements(await retrieveAsset.send(context, { asset_id }), 'search').summary,
} satisfies Parameters<typeof createIndexedAssetWith>[0];

/** Indexes an asset once. */
export const createIndexedAsset = createIndexedAssetWith(assetsOfIndexing);

/** Waits until an asset can be searched in its index. */
export const waitForIndexedAsset = waitForIndexedAssetWith(assetsOfIndexing);

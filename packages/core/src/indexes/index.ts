export { createIndex, getOrCreateIndex } from './create-index.ts';
export {
  deleteIndex,
  deleteIndexedAsset,
  listAllIndexedAssets,
  listAllIndexes,
  listIndexedAssets,
  listIndexes,
  listIndexingsOfAsset,
  retrieveIndex,
  retrieveIndexedAsset,
  updateIndex,
  updateIndexedAsset,
} from './endpoints.ts';
export { type IndexedAssetEventFilter, watchIndexedAssets } from './events.ts';
export type { IndexAssetOptions } from './index-asset.ts';
export type { IndexedAssetsClient } from './indexed-assets-client.ts';
export type { IndexesClient } from './indexes-client.ts';
export {
  type CreateIndexedAssetParams,
  type CreateIndexParams,
  DEFAULT_INDEX_MODELS,
  type ListIndexedAssetsParams,
  type ListIndexesParams,
  type RetrieveIndexedAssetParams,
} from './params.ts';
export type { Index, IndexedAsset, IndexedAssetPage, IndexingPage, IndexPage } from './schema.ts';
export { formatSrt, formatWebVtt, retrieveTranscript, type TranscriptItem } from './transcript.ts';

import { z } from 'zod/v4';
import { endpoint, nothing } from '../http/endpoint.ts';
import type { IterableOperation } from '../http/iterable-operation.ts';
import { listAll } from '../http/list-all.ts';
import { idParam, name, paging } from '../validation/rules.ts';
import { userMetadataUpdate } from '../validation/user-metadata.ts';
import {
  createIndexedAssetParams,
  createIndexParams,
  indexedAssetParams,
  indexParams,
  listIndexedAssetsParams,
  listIndexesParams,
  retrieveIndexedAssetParams,
} from './params.ts';
import {
  type Index,
  type IndexedAsset,
  index,
  indexedAsset,
  indexedAssetPage,
  indexingPage,
  indexPage,
} from './schema.ts';

/** The endpoints of indexes and of the assets in them. Source: the published API description. */

/** Answers the id only. */
export const postIndex = endpoint('POST', 'indexes', {
  params: createIndexParams,
  answer: index,
  creates: 'an index',
});

export const retrieveIndex = endpoint('GET', 'indexes/{index_id}', { params: indexParams, answer: index });

/** Oldest first. */
export const listIndexes = endpoint('GET', 'indexes', { params: listIndexesParams, answer: indexPage });

export const listAllIndexes: IterableOperation<Index> = listAll(
  listIndexes,
  listIndexesParams,
  ({ _id }) => _id,
);

export const updateIndex = endpoint('PUT', 'indexes/{index_id}', {
  params: z.lazy(() =>
    indexParams.unwrap().extend({ index_name: name('must be the new name of the index') }),
  ),
  answer: nothing,
});

/** Deletes an index with the videos in it; the assets stay. */
export const deleteIndex = endpoint('DELETE', 'indexes/{index_id}', {
  params: indexParams,
  answer: nothing,
  goneIsDone: true,
});

/** Answers the ids only. */
export const postIndexedAsset = endpoint('POST', 'indexes/{index_id}/indexed-assets', {
  params: createIndexedAssetParams,
  answer: indexedAsset,
  creates: 'an indexed asset',
});

export const retrieveIndexedAsset = endpoint('GET', 'indexes/{index_id}/indexed-assets/{indexed_asset_id}', {
  params: retrieveIndexedAssetParams,
  answer: indexedAsset,
  isLarge: true,
});

export const listIndexedAssets = endpoint('GET', 'indexes/{index_id}/indexed-assets', {
  params: listIndexedAssetsParams,
  answer: indexedAssetPage,
});

export const listAllIndexedAssets: IterableOperation<IndexedAsset> = listAll(
  listIndexedAssets,
  listIndexedAssetsParams,
  ({ _id }) => _id,
);

export const updateIndexedAsset = endpoint('PATCH', 'indexes/{index_id}/indexed-assets/{indexed_asset_id}', {
  params: z.lazy(() => indexedAssetParams.unwrap().extend({ user_metadata: userMetadataUpdate })),
  answer: nothing,
});

/** Takes an asset out of an index; the asset stays. */
export const deleteIndexedAsset = endpoint('DELETE', 'indexes/{index_id}/indexed-assets/{indexed_asset_id}', {
  params: indexedAssetParams,
  answer: nothing,
  goneIsDone: true,
});

/** Where an asset is indexed. */
export const listIndexingsOfAsset = endpoint('GET', 'assets/{asset_id}/indexed-assets', {
  params: z.lazy(() => z.strictObject({ asset_id: idParam, ...paging })),
  answer: indexingPage,
});

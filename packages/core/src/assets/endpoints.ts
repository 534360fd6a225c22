import { z } from 'zod/v4';
import { endpoint, nothing } from '../http/endpoint.ts';
import type { IterableOperation } from '../http/iterable-operation.ts';
import { listAll } from '../http/list-all.ts';
import { flag, idParam } from '../validation/rules.ts';
import { listParams } from './list-params.ts';
import { ownMetadataReplacement, ownMetadataUpdate } from './own-metadata.ts';
import { type Asset, asset, assetPage } from './schema.ts';

/** The endpoints of assets that are one request. Source: the published API description of `/assets`. */

const assetParams = z.lazy(() => z.strictObject({ asset_id: idParam }));

export const retrieveAsset = endpoint('GET', 'assets/{asset_id}', { params: assetParams, answer: asset });

export const listAssets = endpoint('GET', 'assets', { params: listParams, answer: assetPage });

export const listAllAssets: IterableOperation<Asset> = listAll(
  listAssets,
  z.lazy(() => listParams),
  ({ _id }) => _id,
);

/** Deletes also what an index still refers to with `force`; any value but true and false is refused. */
export const deleteAsset = endpoint('DELETE', 'assets/{asset_id}', {
  params: z.lazy(() => assetParams.unwrap().extend({ force: flag.optional() })),
  answer: nothing,
  goneIsDone: true,
});

export const updateUserMetadata = endpoint('PATCH', 'assets/{asset_id}/user-metadata', {
  params: z.lazy(() => assetParams.unwrap().extend({ user_metadata: ownMetadataUpdate })),
  answer: nothing,
});

export const replaceUserMetadata = endpoint('PUT', 'assets/{asset_id}/user-metadata', {
  params: z.lazy(() => assetParams.unwrap().extend({ user_metadata: ownMetadataReplacement })),
  answer: nothing,
});

export const deleteUserMetadata = endpoint('DELETE', 'assets/{asset_id}/user-metadata', {
  params: assetParams,
  answer: nothing,
});

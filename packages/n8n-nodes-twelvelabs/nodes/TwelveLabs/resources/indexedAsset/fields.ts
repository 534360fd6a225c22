import { pick } from '../../fields/pick';

export const indexedAssetId = pick(
  'params.indexed_asset_id',
  'indexedAssetId',
  'Indexed Asset',
  'searchIndexedAssets',
  { description: 'The asset in its index. Its ID there is not the ID of the asset itself.' },
);

import { pick } from './pick';

export const assetId = pick('params.asset_id', 'assetId', 'Asset', 'searchAssets');

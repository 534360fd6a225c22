import { assetIdField, readAssetId } from '../fields/asset-id';
import type { Operation } from '../operation';

export const get: Operation = {
  value: 'get',
  name: 'Get',
  action: 'Get an asset',
  description: 'Retrieve an asset with its status and details',
  labels: { asset_id: 'Asset', assetId: 'Asset' },
  properties: [assetIdField],
  async run(call) {
    return [await call.client.retrieve(readAssetId(call), call.request)];
  },
};

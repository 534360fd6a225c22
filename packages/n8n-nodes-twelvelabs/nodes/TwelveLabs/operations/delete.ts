import { assetIdField, readAssetId } from '../fields/asset-id';
import { given, readOptions } from '../fields/options';
import type { Operation } from '../operation';

export const deleteAsset: Operation = {
  value: 'delete',
  name: 'Delete',
  action: 'Delete an asset',
  description: 'Remove an asset for good',
  labels: { asset_id: 'Asset', assetId: 'Asset', force: 'Force' },
  properties: [
    assetIdField,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        {
          displayName: 'Force',
          name: 'force',
          type: 'boolean',
          default: false,
          description: 'Whether to delete the asset even if an index still refers to it',
        },
      ],
    },
  ],
  async run(call) {
    const id = readAssetId(call);
    const { force } = readOptions(call);
    await call.client.delete(id, { ...call.request, ...given({ force: force as boolean | undefined }) });
    return [{ deleted: true, _id: id }];
  },
};

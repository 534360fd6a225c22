import { deleteAsset } from '@twelvelabs-nodes/core';
import { assetId } from '../../fields/asset-id';
import { group, sets } from '../../form/field';
import type { Operation } from '../../form/operation';

export const deleteOperation: Operation = {
  value: 'delete',
  name: 'Delete',
  action: 'Delete an asset',
  description: 'Delete an asset permanently',
  form: [
    assetId,
    group('Options', 'options', [
      sets('params.force', {
        displayName: 'Force',
        name: 'force',
        type: 'boolean',
        default: false,
        description: 'Whether to delete the asset even if an index still uses it',
      }),
    ]),
  ],
  async run({ core, form }) {
    await core(deleteAsset);
    return [{ deleted: true, _id: form.params.asset_id }];
  },
};

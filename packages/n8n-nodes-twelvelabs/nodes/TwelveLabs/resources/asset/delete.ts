import { assetId } from '../../fields/asset-id';
import { group, sets } from '../../form/field';
import type { Operation } from '../../form/operation';

export const deleteAsset: Operation = {
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
  async run({ client, form, request }) {
    const { asset_id, force } = form.params;
    await client.delete(asset_id as string, { force: force as boolean | undefined }, request);
    return [{ deleted: true, _id: asset_id }];
  },
};

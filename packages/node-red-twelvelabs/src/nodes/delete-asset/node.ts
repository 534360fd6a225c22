import { operationNode } from '../../runtime/register.ts';
import { deleteAssetSettings } from './settings.ts';

/** Deletes an asset for good. */
export default operationNode({
  settings: deleteAssetSettings,
  queued: true,
  async run({ client, values, options }) {
    const assetId = values.assetId as string;
    await client.delete(assetId, { force: values.force as boolean | undefined }, options);
    return {
      value: { _id: assetId, deleted: true },
      status: (translate) => ({ fill: 'green', shape: 'dot', text: translate('status.deleted') }),
    };
  },
});

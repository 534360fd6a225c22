import { defined } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { deleteAssetSettings } from './settings.ts';

/** Deletes an asset for good. */
export default operationNode({
  settings: deleteAssetSettings,
  queued: true,
  async run({ client, values, options }) {
    const assetId = values.assetId as string;
    await client.delete(assetId, { ...options, ...defined({ force: values.force }) });
    return {
      value: { _id: assetId, deleted: true },
      status: (translate) => ({ fill: 'green', shape: 'dot', text: translate('status.deleted') }),
    };
  },
});

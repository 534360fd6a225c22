import { defined } from '../runtime/operation.ts';
import { operationNode } from '../runtime/register.ts';
import { anything, flag, seconds } from '../runtime/settings.ts';

/** Deletes an asset for good. */
export default operationNode({
  type: 'twelvelabs-delete-asset',
  queued: true,
  settings: {
    assetId: anything('asset_id'),
    force: flag('force'),
    timeout: seconds('timeout'),
    idleTimeout: seconds('idleTimeout'),
  },
  async run({ client, values, options }) {
    const assetId = values.assetId as string;
    await client.delete(assetId, { ...options, ...defined({ force: values.force }) });
    return {
      value: { _id: assetId, deleted: true },
      status: (translate) => ({ fill: 'green', shape: 'dot', text: translate('status.deleted') }),
    };
  },
});

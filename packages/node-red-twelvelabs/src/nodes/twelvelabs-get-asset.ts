import { assetStatus } from '../runtime/operation.ts';
import { operationNode } from '../runtime/register.ts';
import { anything, seconds } from '../runtime/settings.ts';

/** Reads one asset. */
export default operationNode({
  type: 'twelvelabs-get-asset',
  queued: true,
  settings: {
    assetId: anything('asset_id'),
    timeout: seconds('timeout'),
    idleTimeout: seconds('idleTimeout'),
  },
  async run({ client, values, options }) {
    const asset = await client.retrieve(values.assetId as string, options);
    return { value: asset, status: assetStatus(asset) };
  },
});

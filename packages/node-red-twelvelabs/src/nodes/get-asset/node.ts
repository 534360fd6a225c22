import { assetStatus } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { getAssetSettings } from './settings.ts';

/** Reads one asset. */
export default operationNode({
  settings: getAssetSettings,
  queued: true,
  async run({ client, values, options }) {
    const asset = await client.retrieve(values.assetId as string, options);
    return { value: asset, status: assetStatus(asset) };
  },
});

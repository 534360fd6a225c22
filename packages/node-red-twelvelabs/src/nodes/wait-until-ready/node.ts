import { assetStatus, defined } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { waitUntilReadySettings } from './settings.ts';

/** Waits until an asset is ready. Takes no place in the queue: most of the time it only waits. */
export default operationNode({
  settings: waitUntilReadySettings,
  queued: false,
  async run({ client, values, options, status }) {
    const { waitFor, maxWait, interval } = values;
    const asset = await client.waitUntilReady(values.assetId as string, {
      ...options,
      ...defined({ waitFor, maxWait, interval }),
      onStatus: () => status({ name: 'processing' }),
    });
    return { value: asset, status: assetStatus(asset) };
  },
});

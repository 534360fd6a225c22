import { assetStatus, defined } from '../runtime/operation.ts';
import { operationNode } from '../runtime/register.ts';
import { anything, list, seconds } from '../runtime/settings.ts';

/** Waits until an asset is ready. Takes no place in the queue: most of the time it only waits. */
export default operationNode({
  type: 'twelvelabs-wait-until-ready',
  queued: false,
  settings: {
    assetId: anything('asset_id'),
    waitFor: list('waitFor'),
    maxWait: seconds('maxWait'),
    interval: seconds('interval'),
    timeout: seconds('timeout'),
    idleTimeout: seconds('idleTimeout'),
  },
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

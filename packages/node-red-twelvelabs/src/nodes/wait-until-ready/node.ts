import type { Asset } from '@twelvelabs-nodes/core';
import { assetStatus, type CheckContext, defined } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { waitUntilReadySettings } from './settings.ts';

const paramsOf = ({ values }: CheckContext) => ({ asset_id: values.assetId });

function optionsOf({ values, options }: CheckContext) {
  const { waitFor, maxWait, interval } = values;
  return { ...options, ...defined({ waitFor, maxWait, interval }) };
}

/** Waits until an asset is ready. Takes no place in the queue: most of the time it only waits. */
export default operationNode({
  settings: waitUntilReadySettings,
  check: (context) => context.check(context.core.waitUntilReady, paramsOf(context), optionsOf(context)),
  async run(context) {
    const { core, client, status, exists } = context;
    const since = performance.now();
    const asset = await client.call(core.waitUntilReady, paramsOf(context), {
      ...optionsOf(context),
      onStatus: ({ _id, filename }: Asset) => {
        exists(_id);
        status({ name: 'processing', asset: filename, since });
      },
    });
    return { value: asset, status: assetStatus(asset) };
  },
});

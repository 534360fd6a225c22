import { assetStatus, type CheckContext } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { getAssetSettings } from './settings.ts';

const paramsOf = ({ values }: CheckContext) => ({ asset_id: values.assetId });

/** Reads one asset. */
export default operationNode({
  settings: getAssetSettings,
  queued: true,
  check: (context) => context.core.retrieveAsset.check(paramsOf(context), context.options),
  async run(context) {
    const asset = await context.client.call(context.core.retrieveAsset, paramsOf(context), context.options);
    return { value: asset, status: assetStatus(asset) };
  },
});

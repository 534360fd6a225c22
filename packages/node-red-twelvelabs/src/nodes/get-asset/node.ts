import { assetStatus, type CheckContext } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { getAssetSettings } from './settings.ts';

const paramsOf = ({ values }: CheckContext) => ({ asset_id: values.assetId });

/** Reads one asset. */
export default operationNode({
  settings: getAssetSettings,
  check: (context) => context.check(context.core.retrieveAsset, paramsOf(context), context.options),
  async run(context) {
    const { core, client, options, inTurn } = context;
    const asset = await inTurn(() => client.call(core.retrieveAsset, paramsOf(context), options));
    return { value: asset, status: assetStatus(asset) };
  },
});

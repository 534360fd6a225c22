import { type CheckContext, defined, done } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { deleteAssetSettings } from './settings.ts';

const paramsOf = ({ values }: CheckContext) => ({
  asset_id: values.assetId,
  ...defined({ force: values.force }),
});

/** Deletes an asset permanently. */
export default operationNode({
  settings: deleteAssetSettings,
  check: (context) => context.check(context.core.deleteAsset, paramsOf(context), context.options),
  async run(context) {
    const { core, client, options, inTurn } = context;
    const params = paramsOf(context);
    await inTurn(() => client.call(core.deleteAsset, params, options));
    return {
      value: { _id: params.asset_id, deleted: true },
      status: done('deleted'),
    };
  },
});

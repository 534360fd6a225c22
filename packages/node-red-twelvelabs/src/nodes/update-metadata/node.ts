import { type CheckContext, done } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { updateMetadataSettings } from './settings.ts';

/** The call of core that the chosen action stands for, and what it takes. */
function callOf({ core, values }: CheckContext) {
  const { assetId: asset_id, metadata: user_metadata, action } = values;
  if (action === 'delete') return { operation: core.deleteUserMetadata, params: { asset_id } };
  const operation = action === 'replace' ? core.replaceUserMetadata : core.updateUserMetadata;
  return { operation, params: { asset_id, user_metadata } };
}

/** Changes the metadata of an asset: merges keys in, replaces all of it, or clears it. */
export default operationNode({
  settings: updateMetadataSettings,
  check(context) {
    const { operation, params } = callOf(context);
    return context.check(operation, params, context.options);
  },
  async run(context) {
    const { core, client, options, inTurn } = context;
    const { operation, params } = callOf(context);
    const asset = await inTurn(async () => {
      await client.call(operation, params, options);
      return client.call(core.retrieveAsset, { asset_id: params.asset_id }, options);
    });
    return {
      value: asset,
      status: done('updated'),
    };
  },
});

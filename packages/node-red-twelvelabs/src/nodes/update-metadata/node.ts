import type { ValidationIssue } from '@twelvelabs-nodes/core';
import { type CheckContext, done, unlessEmpty } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { updateMetadataSettings } from './settings.ts';

/** The call of core that the chosen action stands for, and what it takes. */
function callOf({ core, values }: CheckContext) {
  const { assetId: asset_id, metadata: user_metadata, action } = values;
  if (action === 'delete') return { operation: core.deleteUserMetadata, params: { asset_id } };
  const operation = action === 'replace' ? core.replaceUserMetadata : core.updateUserMetadata;
  return { operation, params: { asset_id, user_metadata } };
}

/** Replacing by nothing loses all keys: whoever left the field as it was did not ask for that. */
function untouched({ values: { action, metadata }, origins }: CheckContext): ValidationIssue[] {
  const isUntouched = origins.get('user_metadata')?.isFixed && unlessEmpty(metadata) === undefined;
  if (action !== 'replace' || metadata === undefined || !isUntouched) return [];
  const message =
    'must contain at least one key. To remove all keys, set "Action" to clear ("delete" in a message)';
  return [{ field: 'user_metadata', rule: 'required', message, received: 'nothing' }];
}

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  const { operation, params } = callOf(context);
  return [...untouched(context), ...(await context.check(operation, params, context.options))];
}

/** Changes the metadata of an asset: merges keys in, replaces all of it, or clears it. */
export default operationNode({
  settings: updateMetadataSettings,
  check,
  async run(context) {
    const { core, client, options, inTurn } = context;
    const issues = await check(context);
    if (issues.length > 0) throw new core.ValidationError(issues);
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

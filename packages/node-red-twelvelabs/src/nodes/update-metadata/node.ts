import type { UserMetadata, UserMetadataUpdate } from '@twelvelabs-nodes/core';
import { operationNode } from '../../runtime/register.ts';
import { updateMetadataSettings } from './settings.ts';

/** Changes the metadata of an asset: merges keys in, replaces all of it, or deletes it. */
export default operationNode({
  settings: updateMetadataSettings,
  queued: true,
  async run({ client, values, options }) {
    const assetId = values.assetId as string;
    const action = values.action ?? 'merge';
    if (action === 'merge')
      await client.updateUserMetadata(assetId, values.metadata as UserMetadataUpdate, options);
    else if (action === 'replace')
      await client.replaceUserMetadata(assetId, values.metadata as UserMetadata, options);
    else await client.deleteUserMetadata(assetId, options);
    const asset = await client.retrieve(assetId, options);
    return {
      value: asset,
      status: (translate) => ({ fill: 'green', shape: 'dot', text: translate('status.updated') }),
    };
  },
});

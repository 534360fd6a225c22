import type { UserMetadata, UserMetadataUpdate } from '@twelvelabs-nodes/core';
import { assetIdField, readAssetId } from '../fields/asset-id';
import { metadataPairs, readMetadata } from '../fields/metadata';
import type { Call, Operation } from '../operation';

export const updateMetadata: Operation = {
  value: 'updateMetadata',
  name: 'Update Metadata',
  action: 'Update the metadata of an asset',
  description: 'Change, replace or clear the labels of an asset',
  labels: { asset_id: 'Asset', assetId: 'Asset', user_metadata: 'Metadata', metadata: 'Metadata' },
  properties: [
    assetIdField,
    {
      displayName: 'Mode',
      name: 'mode',
      type: 'options',
      options: [
        { name: 'Clear', value: 'clear', description: 'Remove all metadata' },
        { name: 'Merge', value: 'merge', description: 'Add and change the given keys, and keep the others' },
        { name: 'Replace', value: 'replace', description: 'Keep the given keys only' },
      ],
      default: 'merge',
      description: 'What to do with the metadata that the asset has',
    },
    {
      displayName: 'Specify Metadata',
      name: 'specifyMetadata',
      type: 'options',
      options: [
        { name: 'Using Fields Below', value: 'pairs' },
        { name: 'Using JSON', value: 'json' },
      ],
      default: 'pairs',
      displayOptions: { hide: { mode: ['clear'] } },
    },
    {
      displayName: 'Metadata',
      name: 'metadata',
      ...metadataPairs,
      displayOptions: { show: { specifyMetadata: ['pairs'] }, hide: { mode: ['clear'] } },
    },
    {
      displayName: 'Metadata (JSON)',
      name: 'metadataJson',
      type: 'json',
      default: '{}',
      placeholder: 'e.g. {"campaign": "spring", "draft": null}',
      description: 'A flat object of texts, numbers and true/false. When merging, null removes a key.',
      displayOptions: { show: { specifyMetadata: ['json'] }, hide: { mode: ['clear'] } },
    },
    {
      displayName: 'Keys to Remove',
      name: 'removeKeys',
      type: 'string',
      default: '',
      placeholder: 'e.g. draft, reviewer',
      description: 'Keys to remove, with commas between',
      displayOptions: { show: { specifyMetadata: ['pairs'], mode: ['merge'] } },
    },
  ],
  async run(call) {
    const { client, request } = call;
    const id = readAssetId(call);
    const mode = call.context.getNodeParameter('mode', call.itemIndex, 'merge');
    if (mode === 'clear') await client.deleteUserMetadata(id, request);
    else if (mode === 'replace')
      await client.replaceUserMetadata(id, metadataOf(call) as UserMetadata, request);
    else await client.updateUserMetadata(id, withRemovals(call, metadataOf(call)), request);
    return [await client.retrieve(id, request)];
  },
};

function metadataOf({ context, itemIndex }: Call): UserMetadata {
  const how = context.getNodeParameter('specifyMetadata', itemIndex, 'pairs');
  const value = context.getNodeParameter(how === 'json' ? 'metadataJson' : 'metadata', itemIndex, {});
  return readMetadata(how === 'json' ? undefined : value, how === 'json' ? value : undefined) ?? {};
}

/** Keys to remove as core writes them; metadata that is no object is left to core to refuse. */
function withRemovals({ context, itemIndex }: Call, metadata: UserMetadata): UserMetadataUpdate {
  const keys = String(context.getNodeParameter('removeKeys', itemIndex, '') ?? '').split(',');
  const names = keys.map((name) => name.trim()).filter(Boolean);
  if (names.length === 0) return metadata;
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...metadata };
}

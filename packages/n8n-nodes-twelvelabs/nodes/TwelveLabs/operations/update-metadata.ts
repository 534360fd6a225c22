import type { UserMetadata, UserMetadataUpdate } from '@twelvelabs-nodes/core';
import { choice, requireThat } from '../../shared/check';
import { assetIdField, readAssetId } from '../fields/asset-id';
import { isBlank, metadataPairs, readMetadata } from '../fields/metadata';
import type { Call, Operation } from '../operation';

const MODES = ['clear', 'merge', 'replace'] as const;

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
    const mode = choice('Mode', call.context.getNodeParameter('mode', call.itemIndex, 'merge'), MODES);
    if (mode === 'clear') await client.deleteUserMetadata(id, request);
    else if (mode === 'replace')
      await client.replaceUserMetadata(id, metadataOf(call) as UserMetadata, request);
    else await client.updateUserMetadata(id, withRemovals(call, metadataOf(call)), request);
    return [await client.retrieve(id, request)];
  },
};

function metadataOf({ context, itemIndex }: Call): UserMetadata {
  const chosen = context.getNodeParameter('specifyMetadata', itemIndex, 'pairs');
  const how = choice('Specify Metadata', chosen, ['pairs', 'json']);
  if (how === 'pairs') return readMetadata(context.getNodeParameter('metadata', itemIndex, {}), '') ?? {};
  const json: unknown = context.getNodeParameter('metadataJson', itemIndex, '');
  // An expression that gives nothing must not replace everything by nothing.
  requireThat(!isBlank(json), 'user_metadata', 'json', 'must be JSON such as {"campaign": "spring"}', json);
  return readMetadata(undefined, json) as UserMetadata;
}

/** Keys to remove as core writes them; metadata that is no object is left to core to refuse. */
function withRemovals({ context, itemIndex }: Call, metadata: UserMetadata): UserMetadataUpdate {
  const value: unknown = context.getNodeParameter('removeKeys', itemIndex, '');
  const keys: unknown[] =
    typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
  const areNames = keys.every((key) => typeof key === 'string');
  requireThat(
    areNames,
    'Keys to Remove',
    'type',
    'must be keys with commas between, or an array of keys',
    value,
  );
  const names = keys.map((name) => name.trim()).filter(Boolean);
  if (names.length === 0) return metadata;
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...metadata };
}

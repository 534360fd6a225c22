import { retrieveIndexedAsset, updateIndexedAsset } from '@twelvelabs-nodes/core';
import { indexId } from '../../fields/index-id';
import { metadata } from '../../fields/metadata';
import type { Operation } from '../../form/operation';
import { indexedAssetId } from './fields';

export const updateMetadata: Operation = {
  value: 'updateMetadata',
  name: 'Update Metadata',
  action: 'Update the metadata of an indexed asset',
  description: 'Add, change or remove the metadata that a search can filter by',
  form: [
    indexId,
    indexedAssetId,
    metadata({ description: 'Metadata to add or change; other keys remain. In JSON, null removes a key.' }),
  ],
  async run(call) {
    const { index_id, indexed_asset_id, user_metadata = {} } = call.form.params;
    await call.core(updateIndexedAsset, { params: { index_id, indexed_asset_id, user_metadata } });
    return [await call.core(retrieveIndexedAsset, { params: { index_id, indexed_asset_id } })];
  },
};

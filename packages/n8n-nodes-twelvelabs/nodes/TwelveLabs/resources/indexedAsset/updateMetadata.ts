import { retrieveIndexedAsset, updateIndexedAsset } from '@twelvelabs-nodes/core';
import { indexId } from '../../fields/index-id';
import { joined, metadataJson, metadataPairs } from '../../fields/metadata';
import { group } from '../../form/field';
import type { Operation } from '../../form/operation';
import { indexedAssetId } from './fields';

const pairs = metadataPairs({ description: 'Labels to add or change; the others remain' });
const json = metadataJson(
  { description: 'A flat object of text, numbers and true/false; null removes a key' },
  'nothing',
);

export const updateMetadata: Operation = {
  value: 'updateMetadata',
  name: 'Update Metadata',
  action: 'Update the metadata of an indexed asset',
  description: 'Add, change or remove the labels that a search can filter by',
  form: [indexId, indexedAssetId, pairs, group('Options', 'options', [json])],
  async run(call) {
    const { index_id, indexed_asset_id } = call.form.params;
    const user_metadata = joined(call.form.get(json), call.form.get(pairs)) ?? {};
    await call.core(updateIndexedAsset, { params: { index_id, indexed_asset_id, user_metadata } });
    return [await call.core(retrieveIndexedAsset, { params: { index_id, indexed_asset_id } })];
  },
};

import {
  createIndexedAsset,
  deleteIndexedAsset,
  listAllIndexedAssets,
  retrieveIndexedAsset,
  retrieveTranscript,
} from '@twelvelabs-nodes/core';
import { flag } from '../../../host/check';
import { assetId } from '../../fields/asset-id';
import { indexId } from '../../fields/index-id';
import { paging } from '../../fields/paging';
import { own, sets } from '../../form/field';
import type { Resource } from '../../form/operation';

const indexedAssetId = sets('params.indexed_asset_id', {
  displayName: 'Indexed Asset ID',
  name: 'indexedAssetId',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. 6298d673f1090f1100476d4c',
  description: 'The ID of the asset in its index. The ID of the asset itself is another one.',
});

const wait = own(
  {
    displayName: 'Wait Until Ready',
    name: 'waitUntilReady',
    type: 'boolean',
    default: true,
    description: 'Whether to wait until the asset can be searched',
  },
  flag,
);

/** Each operation is one call of core. */
export const indexedAsset: Resource = {
  value: 'indexedAsset',
  name: 'Indexed Asset',
  default: 'create',
  operations: [
    {
      value: 'create',
      name: 'Add',
      action: 'Add an asset to an index',
      description: 'Make an asset searchable in an index. An asset that is already in the index is returned.',
      form: [indexId, assetId, wait],
      run: async (call) => {
        const options = { waitUntilReady: call.form.get(wait) };
        return [await call.core(createIndexedAsset, { options })];
      },
    },
    {
      value: 'delete',
      name: 'Delete',
      action: 'Delete an asset from an index',
      description: 'Remove an asset from an index; the asset remains',
      form: [indexId, indexedAssetId],
      run: async (call) => {
        await call.core(deleteIndexedAsset);
        return [{ deleted: true, _id: call.form.params.indexed_asset_id }];
      },
    },
    {
      value: 'get',
      name: 'Get',
      action: 'Get an indexed asset',
      description: 'Get an asset of an index with its status and details',
      form: [indexId, indexedAssetId],
      run: async (call) => [await call.core(retrieveIndexedAsset)],
    },
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many indexed assets',
      description: 'Get many assets of an index',
      form: [indexId, ...paging],
      run: (call) => call.all(listAllIndexedAssets),
    },
    {
      value: 'getTranscript',
      name: 'Get Transcript',
      action: 'Get the transcript of an indexed asset',
      description: 'Get what is spoken in an indexed asset, one item for each part, with times in seconds',
      form: [indexId, indexedAssetId],
      run: (call) => call.core(retrieveTranscript),
    },
  ],
};

import { deleteIndexedAsset, listAllIndexedAssets, retrieveIndexedAsset } from '@twelvelabs-nodes/core';
import { indexId } from '../../fields/index-id';
import { sets } from '../../form/field';
import { someChoices, someText } from '../../form/lists';
import type { Resource } from '../../form/operation';
import { deleting, getting, gettingMany } from '../usual';
import { add } from './add';
import { indexedAssetId } from './fields';
import { getTranscript } from './transcript';
import { updateMetadata } from './updateMetadata';

const filters = [
  sets(
    'params.filename',
    {
      displayName: 'File Name',
      name: 'filename',
      type: 'string',
      default: '',
      placeholder: 'e.g. holiday.mp4',
      description: 'Only assets with this name',
    },
    someText,
  ),
  sets(
    'params.status',
    {
      displayName: 'Status',
      name: 'status',
      type: 'multiOptions',
      options: [
        { name: 'Failed', value: 'failed' },
        { name: 'Indexing', value: 'indexing' },
        { name: 'Pending', value: 'pending' },
        { name: 'Queued', value: 'queued' },
        { name: 'Ready', value: 'ready' },
      ],
      default: ['ready'],
      description: 'Only assets with one of these statuses',
    },
    someChoices,
  ),
];

export const indexedAsset: Resource = {
  value: 'indexedAsset',
  name: 'Indexed Asset',
  default: 'create',
  operations: [
    add,
    deleting(
      {
        action: 'Delete an asset from an index',
        description: 'Remove an asset from an index; the asset remains',
      },
      [indexId, indexedAssetId],
      deleteIndexedAsset,
      'indexed_asset_id',
    ),
    getting(
      {
        action: 'Get an indexed asset',
        description: 'Get an asset of an index with its status and details',
      },
      [indexId, indexedAssetId],
      retrieveIndexedAsset,
    ),
    gettingMany(
      { action: 'Get many indexed assets', description: 'Get many assets of an index, newest first' },
      [indexId],
      filters,
      listAllIndexedAssets,
    ),
    getTranscript,
    updateMetadata,
  ],
};

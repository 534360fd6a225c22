import { deleteAsset } from '@twelvelabs-nodes/core';
import { assetId } from '../../fields/asset-id';
import { group, sets } from '../../form/field';
import type { Resource } from '../../form/operation';
import { deleting } from '../usual';
import { create } from './create/create';
import { get } from './get';
import { getAll } from './getAll';
import { updateMetadata } from './updateMetadata';
import { waitOperation } from './waitUntilReady';

const force = sets('params.force', {
  displayName: 'Force',
  name: 'force',
  type: 'boolean',
  default: false,
  description: 'Whether to delete the asset even if an index still uses it',
});

export const asset: Resource = {
  value: 'asset',
  name: 'Asset',
  default: 'create',
  operations: [
    create,
    deleting(
      { action: 'Delete an asset', description: 'Delete an asset permanently' },
      [assetId, group('Options', 'options', [force])],
      deleteAsset,
      'asset_id',
    ),
    get,
    getAll,
    updateMetadata,
    waitOperation,
  ],
};

import type { Resource } from '../../form/operation';
import { create } from './create/create';
import { deleteAsset } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { updateMetadata } from './updateMetadata';
import { waitUntilReady } from './waitUntilReady';

export const asset: Resource = {
  value: 'asset',
  name: 'Asset',
  default: 'create',
  operations: [create, deleteAsset, get, getAll, updateMetadata, waitUntilReady],
};

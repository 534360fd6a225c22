import type { Resource } from '../../form/operation';
import { create } from './create/create';
import { deleteOperation } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { updateMetadata } from './updateMetadata';
import { waitOperation } from './waitUntilReady';

export const asset: Resource = {
  value: 'asset',
  name: 'Asset',
  default: 'create',
  operations: [create, deleteOperation, get, getAll, updateMetadata, waitOperation],
};

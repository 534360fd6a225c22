import type { Operation } from '../operation';
import { create } from './create';
import { deleteAsset } from './delete';
import { get } from './get';
import { getAll } from './get-all';
import { updateMetadata } from './update-metadata';
import { waitUntilReady } from './wait-until-ready';

/** Every operation on assets, in the order of the drop-down: by name, as n8n's guidelines ask. */
export const assetOperations: readonly Operation[] = [
  create,
  deleteAsset,
  get,
  getAll,
  updateMetadata,
  waitUntilReady,
];

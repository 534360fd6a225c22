import { retrieveAsset } from '@twelvelabs-nodes/core';
import { assetId } from '../../fields/asset-id';
import { shown, simplify } from '../../fields/simplify';
import type { Operation } from '../../form/operation';

export const get: Operation = {
  value: 'get',
  name: 'Get',
  action: 'Get an asset',
  description: 'Get an asset with its status and details',
  form: [assetId, simplify],
  async run(call) {
    return [shown(call, await call.core(retrieveAsset))];
  },
};

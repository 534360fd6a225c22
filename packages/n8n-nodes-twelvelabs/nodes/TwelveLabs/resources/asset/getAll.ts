import { listAllAssets } from '@twelvelabs-nodes/core';
import { KINDS } from '../../fields/kinds';
import { paging } from '../../fields/paging';
import { shown, simplifyList } from '../../fields/simplify';
import { group, sets } from '../../form/field';
import { ids, someChoices, someText } from '../../form/lists';
import type { Operation } from '../../form/operation';

export const getAll: Operation = {
  value: 'getAll',
  name: 'Get Many',
  action: 'Get many assets',
  description: 'Get many assets, newest first',
  form: [
    ...paging,
    simplifyList,
    group(
      'Filters',
      'filters',
      [
        sets(
          'params.filename',
          {
            displayName: 'File Name Contains',
            name: 'filename',
            type: 'string',
            default: '',
            placeholder: 'e.g. holiday',
            description: 'Only assets with this text in their name, in upper or lower case',
          },
          someText,
        ),
        sets(
          'params.asset_types',
          {
            displayName: 'Kinds',
            name: 'assetTypes',
            type: 'multiOptions',
            options: KINDS,
            default: [],
            description: 'Only assets of these kinds',
          },
          someChoices,
        ),
        sets(
          'params.asset_ids',
          {
            displayName: 'Asset IDs',
            name: 'assetIds',
            type: 'string',
            default: '',
            placeholder: 'e.g. 6298d673f1090f1100476d4c, 6298d673f1090f1100476d4d',
            description: 'Only these assets: comma-separated IDs, or an expression that returns an array',
          },
          ids,
        ),
      ],
      'Add filter',
    ),
  ],
  async run(call) {
    return (await call.all(listAllAssets)).map((asset) => shown(call, asset));
  },
};

import type { Asset, ListAllParams } from '@twelvelabs-nodes/core';
import { choices, flag, requireThat } from '../../shared/check';
import { given, readOptions } from '../fields/options';
import type { Operation } from '../operation';

export const getAll: Operation = {
  value: 'getAll',
  name: 'Get Many',
  action: 'Get many assets',
  description: 'List assets, the newest first',
  labels: { limit: 'Limit', asset_ids: 'Asset IDs', asset_types: 'Kinds', filename: 'File Name Contains' },
  properties: [
    {
      displayName: 'Return All',
      name: 'returnAll',
      type: 'boolean',
      default: false,
      description: 'Whether to return all results or only up to a given limit',
    },
    {
      displayName: 'Limit',
      name: 'limit',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 50,
      description: 'Max number of results to return',
      displayOptions: { show: { returnAll: [false] } },
    },
    {
      displayName: 'Filters',
      name: 'filters',
      type: 'collection',
      placeholder: 'Add filter',
      default: {},
      options: [
        {
          displayName: 'Asset IDs',
          name: 'assetIds',
          type: 'string',
          default: '',
          placeholder: 'e.g. 6298d673f1090f1100476d4c, 6298d673f1090f1100476d4d',
          description: 'Only these assets: IDs with commas between, or an expression that gives an array',
        },
        {
          displayName: 'File Name Contains',
          name: 'filename',
          type: 'string',
          default: '',
          placeholder: 'e.g. holiday',
          description: 'Only assets with this in their name, upper or lower case',
        },
        {
          displayName: 'Kinds',
          name: 'assetTypes',
          type: 'multiOptions',
          options: [
            { name: 'Audio', value: 'audio' },
            { name: 'Image', value: 'image' },
            { name: 'Video', value: 'video' },
          ],
          default: [],
          description: 'Only assets of these kinds',
        },
      ],
    },
  ],
  async run(call) {
    const { context, itemIndex, client, request } = call;
    const filters = readOptions(call, 'filters');
    const returnAll = flag('Return All', context.getNodeParameter('returnAll', itemIndex, false));
    const params = given({
      limit: returnAll ? undefined : (context.getNodeParameter('limit', itemIndex, 50) as number),
      asset_ids: listed(filters.assetIds),
      asset_types: kinds(filters.assetTypes),
      // A filter that was added and left empty filters nothing.
      filename: filters.filename === '' ? undefined : (filters.filename as string | undefined),
    });
    const assets: Asset[] = [];
    for await (const asset of client.listAll(params, request)) assets.push(asset);
    return assets;
  },
};

function kinds(value: unknown): ListAllParams['asset_types'] {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  return choices('Kinds', value, ['audio', 'image', 'video']);
}

function listed(value: unknown): string[] | undefined {
  if (value === undefined || value === '') return undefined;
  const ids =
    typeof value === 'string'
      ? value
          .split(',')
          .map((id) => id.trim())
          .filter(Boolean)
      : value;
  // The platform would give every asset for a list of none, which is what nobody means who computes one.
  const isSome = !Array.isArray(ids) || ids.length > 0;
  requireThat(isSome, 'Asset IDs', 'length', 'must hold at least one ID', value);
  return ids as string[];
}

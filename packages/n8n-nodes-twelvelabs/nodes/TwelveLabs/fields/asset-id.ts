import type { INodeProperties } from 'n8n-workflow';
import type { Call } from '../operation';

export const assetIdField: INodeProperties = {
  displayName: 'Asset',
  name: 'assetId',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The asset to work on',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Select an asset...',
      typeOptions: { searchListMethod: 'searchAssets', searchable: true },
    },
    {
      displayName: 'By ID',
      name: 'id',
      type: 'string',
      placeholder: 'e.g. 6298d673f1090f1100476d4c',
    },
  ],
};

/** The id, as it was chosen or typed: core says what is wrong with it. */
export function readAssetId({ context, itemIndex }: Call): string {
  return context.getNodeParameter('assetId', itemIndex, '', { extractValue: true }) as string;
}

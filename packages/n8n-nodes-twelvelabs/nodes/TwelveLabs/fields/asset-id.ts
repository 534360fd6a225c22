import { sets } from '../form/field';

export const assetId = sets('params.asset_id', {
  displayName: 'Asset',
  name: 'assetId',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
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
});

import type { INodeProperties } from 'n8n-workflow';
import { type Field, sets, type Target } from '../form/field';

/** A thing of the account, chosen from a list or by its id. */
export function pick(
  target: Target,
  name: string,
  displayName: string,
  searchListMethod: string,
  more: Pick<INodeProperties, 'displayOptions'> = {},
): Field {
  return sets(target, {
    displayName,
    name,
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        placeholder: 'Select from the list...',
        typeOptions: { searchListMethod, searchable: true },
      },
      { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 6298d673f1090f1100476d4c' },
    ],
    ...more,
  });
}

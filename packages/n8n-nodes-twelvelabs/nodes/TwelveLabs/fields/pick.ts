import type { INodeProperties } from 'n8n-workflow';
import { type Field, sets, type Target } from '../form/field';
import { BY_NAME, Named } from '../form/form-values';
import { LATER } from './uploaded';

interface More extends Pick<INodeProperties, 'displayOptions' | 'description'> {
  /** An example of a name. With one, the thing can also be chosen by its name, see {@link Named}. */
  readonly named?: string;
}

/** A thing of the account, chosen from a list or by its id. */
export function pick(
  target: Target,
  name: string,
  displayName: string,
  searchListMethod: string,
  { named, ...more }: More = {},
): Field {
  const property: INodeProperties = {
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
      ...(named
        ? [
            {
              displayName: 'By Name',
              name: BY_NAME,
              type: 'string' as const,
              placeholder: `e.g. ${named}`,
              hint: 'If there is none with this name, the node creates one',
            },
          ]
        : []),
    ],
    ...more,
  };
  return sets(target, property);
}

/** What can be checked of the choice now: a thing that was chosen by its name may have to be created first. */
export const idToCheck = (chosen: unknown): unknown => (chosen instanceof Named ? LATER : chosen);

import { flag } from '../../host/check';
import { type Field, own, sets } from '../form/field';

/** How many results to return, as in n8n's own nodes. */
export const paging: readonly Field[] = [
  own(
    {
      displayName: 'Return All',
      name: 'returnAll',
      type: 'boolean',
      default: false,
      description: 'Whether to return all results or only up to a given limit',
    },
    flag,
  ),
  sets('params.limit', {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 50,
    description: 'Max number of results to return',
    displayOptions: { show: { returnAll: [false] } },
  }),
];

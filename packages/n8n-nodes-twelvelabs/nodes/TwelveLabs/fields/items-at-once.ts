import { requireThat } from '../../host/check';
import { own } from '../form/field';

export const MOST_ITEMS = 32;

export const itemsAtOnce = own(
  {
    displayName: 'Items at Once',
    name: 'concurrency',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: MOST_ITEMS },
    default: 4,
    description:
      'How many items to process in parallel at most. By default the node decides, by the size of their files.',
  },
  (value, field) => {
    const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_ITEMS;
    requireThat(isCount, field, 'range', `must be a whole number from 1 to ${MOST_ITEMS}`, value);
    return value;
  },
);

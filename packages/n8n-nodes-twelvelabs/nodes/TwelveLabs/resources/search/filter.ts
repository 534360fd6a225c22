import type { INodePropertyOptions } from 'n8n-workflow';
import { requireThat } from '../../../host/check';
import { joined, parseJson } from '../../fields/metadata';
import { type Field, type Read, sets } from '../../form/field';
import { entriesOf } from '../../form/lists';

/** A number as people write it. */
function numberOf(value: unknown, field: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  requireThat(
    typeof number === 'number' && Number.isFinite(number),
    field,
    'type',
    'must be a number',
    value,
  );
  return number;
}

/** What each condition asks for. */
const CONDITIONS = new Map<unknown, (value: unknown, field: string) => unknown>([
  ['atLeast', (value, field) => ({ gte: numberOf(value, field) })],
  ['atMost', (value, field) => ({ lte: numberOf(value, field) })],
  ['equals', (value) => value],
  ['equalsNumber', numberOf],
  ['isFalse', () => false],
  ['isTrue', () => true],
]);

const OPTIONS: INodePropertyOptions[] = [
  { name: 'Equals (Number)', value: 'equalsNumber' },
  { name: 'Equals (Text)', value: 'equals' },
  { name: 'Is at Least', value: 'atLeast' },
  { name: 'Is at Most', value: 'atMost' },
  { name: 'Is False', value: 'isFalse' },
  { name: 'Is True', value: 'isTrue' },
];

/** The list of conditions as one filter: of two about the same field, both bounds of a range apply. */
const readConditions: Read<unknown> = (collection, label) => {
  const conditions = entriesOf<'name' | 'condition' | 'value'>(collection, 'condition', label);
  // Not an object, whose own names, such as `constructor`, would count as conditions.
  const filter = new Map<string, unknown>();
  for (const { name, condition, value } of conditions ?? []) {
    const isNamed = typeof name === 'string' && name.trim() !== '';
    requireThat(isNamed, label, 'required', 'must name the field of each condition', name);
    const key = name.trim();
    const field = `${label}.${key}`;
    const read = CONDITIONS.get(condition);
    requireThat(read !== undefined, field, 'value', 'must have one of the conditions', condition);
    const wanted = read(value, field);
    requireThat(wanted !== undefined && wanted !== null, field, 'required', 'has no value', value);
    const known = filter.get(key);
    const isRange = typeof known === 'object' && typeof wanted === 'object';
    const message = 'has conditions that exclude each other';
    requireThat(!filter.has(key) || isRange, field, 'conflict', message, wanted);
    filter.set(key, isRange ? { ...known, ...wanted } : wanted);
  }
  return conditions && Object.fromEntries(filter);
};

/** Filters as a list of conditions. */
export const conditions: Field = sets(
  'params.filter',
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: 'Add Filter',
    default: {},
    description: 'Only clips of videos for which all of these are true',
    options: [
      {
        displayName: 'Filter',
        name: 'condition',
        values: [
          {
            displayName: 'Field',
            name: 'name',
            type: 'string',
            default: '',
            placeholder: 'e.g. duration',
            description:
              'The name of a label of the indexed asset, or duration (seconds), filename, width, height or size (bytes)',
          },
          {
            displayName: 'Condition',
            name: 'condition',
            type: 'options',
            options: OPTIONS,
            default: 'equals',
          },
          {
            displayName: 'Value',
            name: 'value',
            type: 'string',
            default: '',
            placeholder: 'e.g. 60',
            displayOptions: { hide: { condition: ['isFalse', 'isTrue'] } },
          },
        ],
      },
    ],
  },
  readConditions,
);

/** Filters as the platform takes them. */
export const filterJson: Field = sets(
  'params.filter',
  {
    displayName: 'Filter (JSON)',
    name: 'filterJson',
    type: 'json',
    default: '{}',
    placeholder: 'e.g. {"duration": {"gte": 60}}',
    description: 'Fields of the video or of its metadata, such as {"duration": {"gte": 60}}',
  },
  (value, label) => {
    if (value === '') return undefined;
    return typeof value === 'string' ? parseJson(value, label) : value;
  },
);

/** Both in one; a condition wins. */
export const filterOf = (json: unknown, listed: unknown): unknown => joined(json, listed);

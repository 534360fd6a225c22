import type { INodePropertyOptions } from 'n8n-workflow';
import { numberIn } from '../../../host/as-meant';
import { requireThat } from '../../../host/check';
import { type Read, sets } from '../../form/field';
import { jsonObject } from '../../form/json';
import { entriesOf } from '../../form/lists';

/** A number as people write it. */
function numberOf(value: unknown, field: string): number {
  const number = numberIn(value);
  const isNumber = typeof number === 'number' && Number.isFinite(number);
  requireThat(isNumber, field, 'type', 'must be a number', value);
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

interface Range {
  readonly gte?: number;
  readonly lte?: number;
}

/** What two conditions ask for together: the same value, or a range for which both are true; `undefined` for others. */
function joint(first: unknown, second: unknown): unknown {
  if (!(isRange(first) && isRange(second))) return first === second ? first : undefined;
  const gte = Math.max(first.gte ?? Number.NEGATIVE_INFINITY, second.gte ?? Number.NEGATIVE_INFINITY);
  const lte = Math.min(first.lte ?? Number.POSITIVE_INFINITY, second.lte ?? Number.POSITIVE_INFINITY);
  if (gte > lte) return undefined;
  return { ...(Number.isFinite(gte) ? { gte } : {}), ...(Number.isFinite(lte) ? { lte } : {}) };
}

function isRange(condition: unknown): condition is Range {
  return typeof condition === 'object' && condition !== null && ('gte' in condition || 'lte' in condition);
}

/** The list of conditions as one filter: of two about the same field, both must be true. */
const readConditions: Read<object | undefined> = (collection, label) => {
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
    const both = filter.has(key) ? joint(filter.get(key), wanted) : wanted;
    const message = 'has conditions that cannot be combined';
    requireThat(both !== undefined, field, 'conflict', message, wanted);
    filter.set(key, both);
  }
  return conditions && Object.fromEntries(filter);
};

/** Filters as a list of conditions. */
export const conditions = sets(
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
              'A key of the metadata of the indexed asset, or duration (seconds), filename, width, height or size (bytes)',
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

const filterOf = jsonObject('{"duration": {"gte": 60}}');

/** Filters as the platform takes them. */
export const filterJson = sets(
  'params.filter',
  {
    displayName: 'Filter (JSON)',
    name: 'filterJson',
    type: 'json',
    default: '{}',
    placeholder: 'e.g. {"duration": {"gte": 60}}',
    description: 'Fields of the video or of its metadata, such as {"duration": {"gte": 60}}',
  },
  (value, label) => (value === '' ? undefined : filterOf(value, label)),
);

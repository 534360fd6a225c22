import type { INodeProperties } from 'n8n-workflow';
import { requireThat } from '../../host/check';
import { type Field, sets, type Target } from '../form/field';
import { jsonObject } from '../form/json';
import { entriesOf } from '../form/lists';

type More = Pick<INodeProperties, 'displayOptions' | 'description'>;

/** Metadata, entry by entry: a key with its value, or a whole object as JSON. */
export function metadata(more: More, target: Target = 'params.user_metadata'): Field<object | undefined> {
  return sets(
    target,
    {
      displayName: 'Metadata',
      name: 'metadata',
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      placeholder: 'Add Metadata',
      default: {},
      options: [
        {
          displayName: 'Key and Value',
          name: 'pairs',
          values: [
            { displayName: 'Key', name: 'key', type: 'string', default: '', placeholder: 'e.g. campaign' },
            {
              displayName: 'Value',
              name: 'value',
              type: 'string',
              default: '',
              placeholder: 'e.g. spring',
              description: 'Text, or an expression that returns text, a number or true/false',
            },
          ],
        },
        {
          displayName: 'JSON',
          name: 'json',
          values: [
            {
              displayName: 'JSON',
              name: 'json',
              type: 'json',
              default: '{}',
              placeholder: 'e.g. {"campaign": "spring"}',
              description: 'A flat object of text, numbers and true/false, or an expression that returns one',
            },
          ],
        },
      ],
      ...more,
    },
    (value, field) => {
      const objects = entriesOf<'json'>(value, 'json', field)?.map(({ json }) => jsonOf(json, field)) ?? [];
      const pairs = entriesOf<'key' | 'value'>(value, 'pairs', field);
      return [...objects, pairs && objectOf(pairs, field)].reduce(joined, undefined);
    },
  );
}

/** Metadata as JSON, as workflows of the first days have it. @param blank what an empty field means */
export function metadataJson(more: More, blank: 'nothing' | 'refused'): Field<object | undefined> {
  return sets(
    'params.user_metadata',
    { displayName: 'Metadata (JSON)', name: 'metadataJson', type: 'json', default: '{}', ...more },
    (value, field) => (value === '' && blank === 'nothing' ? undefined : jsonOf(value, field)),
  );
}

/** Two objects as one, where there are any; the second wins. */
export function joined(first: object | undefined, second: object | undefined): object | undefined {
  return first || second ? { ...first, ...second } : undefined;
}

const jsonOf = jsonObject('{"campaign": "spring"}');

/** The list of pairs as an object: keys and values can come from expressions, and so be anything. */
function objectOf(pairs: readonly { key?: unknown; value?: unknown }[], field: string): object {
  return Object.fromEntries(
    pairs.map(({ key, value }, index) => {
      const isName = typeof key === 'string' || typeof key === 'number';
      requireThat(isName, field, 'type', `key ${index + 1} must be text`, key);
      // `null` would remove the key, which JSON is for; a missing value would silently set nothing.
      const isValue = value !== null && value !== undefined;
      requireThat(isValue, `${field}.${key}`, 'type', 'must be text, a number or true/false', value);
      return [key, value];
    }),
  );
}

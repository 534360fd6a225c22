import { ValidationError } from '@twelvelabs-nodes/core';
import type { INodeProperties } from 'n8n-workflow';
import { requireThat } from '../../host/check';
import { type Field, sets, type Target } from '../form/field';
import { entriesOf } from '../form/lists';

type More = Pick<INodeProperties, 'displayOptions' | 'description'>;

/** Metadata, entry by entry: a key with its value, or a whole object as JSON. */
export function metadata(more: More, target: Target = 'params.user_metadata'): Field {
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
      const objects = entriesOf<'json'>(value, 'json', field)?.map(({ json }) => fromJson(json, field)) ?? [];
      const pairs = entriesOf<'key' | 'value'>(value, 'pairs', field);
      const all = pairs === undefined ? objects : [...objects, objectOf(pairs, field)];
      return all.length === 0 ? undefined : all.reduce(joined);
    },
  );
}

/** Metadata as JSON, as workflows of the first days have it. @param blank what an empty field means */
export function metadataJson(more: More, blank: 'nothing' | 'refused'): Field {
  return sets(
    'params.user_metadata',
    { displayName: 'Metadata (JSON)', name: 'metadataJson', type: 'json', default: '{}', ...more },
    (value, field) => (value === '' && blank === 'nothing' ? undefined : fromJson(value, field)),
  );
}

/** Metadata of two entries; the second wins. What is no object is left to core to refuse. */
export function joined(first: unknown, second: unknown): unknown {
  if (first === undefined || second === undefined) return second ?? first;
  return isObject(first) && isObject(second)
    ? { ...first, ...second }
    : [first, second].find((one) => !isObject(one));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fromJson(value: unknown, field: string): unknown {
  return typeof value === 'string' ? parseJson(value, field) : value;
}

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

/** @throws {ValidationError} saying where the mistake is */
export function parseJson(json: string, field: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw notJson(json, field, error);
  }
}

function notJson(json: string, field: string, error: unknown): ValidationError {
  // The rest of the parser's message quotes the text.
  const where = error instanceof Error ? /position \d+/.exec(error.message)?.[0] : undefined;
  const message = `must be valid JSON${where ? ` (see ${where})` : ''}`;
  return new ValidationError([
    { field, rule: 'json', message, received: `string of ${json.length} characters` },
  ]);
}

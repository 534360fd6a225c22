import { ValidationError } from '@twelvelabs-nodes/core';
import type { INodeProperties } from 'n8n-workflow';
import { requireThat } from '../../host/check';
import { type Field, sets } from '../form/field';

/** Metadata as a list of keys and values. */
export function metadataPairs(more: Pick<INodeProperties, 'displayOptions' | 'description'>): Field {
  return sets(
    'params.user_metadata',
    {
      displayName: 'Metadata',
      name: 'metadata',
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      placeholder: 'Add Metadata',
      default: {},
      options: [
        {
          displayName: 'Metadata',
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
      ],
      ...more,
    },
    readPairs,
  );
}

/** Metadata as JSON. @param blank what an empty field means */
export function metadataJson(
  more: Pick<INodeProperties, 'displayOptions' | 'description'>,
  blank: 'nothing' | 'refused',
): Field {
  return sets(
    'params.user_metadata',
    {
      displayName: 'Metadata (JSON)',
      name: 'metadataJson',
      type: 'json',
      default: '{}',
      placeholder: 'e.g. {"campaign": "spring"}',
      ...more,
    },
    (value, field) => {
      if (value === '' && blank === 'nothing') return undefined;
      return typeof value === 'string' ? parseJson(value, field) : value;
    },
  );
}

/** Metadata of both fields; a pair wins. What is no object is left to core to refuse. */
export function joined(json: unknown, pairs: unknown): unknown {
  if (json === undefined || pairs === undefined) return pairs ?? json;
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  return isObject ? { ...json, ...(pairs as object) } : json;
}

/** The list of pairs as an object: keys and values can come from expressions, and so be anything. */
function readPairs(collection: unknown, field: string): unknown {
  const pairs = (collection as { pairs?: unknown } | null)?.pairs;
  if (pairs === undefined) return undefined;
  requireThat(Array.isArray(pairs), field, 'type', 'must be a list of keys and values', pairs);
  return Object.fromEntries(
    pairs.map((pair: { key?: unknown; value?: unknown } | null, index) => {
      const { key, value } = pair ?? {};
      const isName = typeof key === 'string' || typeof key === 'number';
      requireThat(isName, field, 'type', `key ${index + 1} must be text`, key);
      // `null` would remove the key, which the JSON form is for; a missing value would silently set nothing.
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

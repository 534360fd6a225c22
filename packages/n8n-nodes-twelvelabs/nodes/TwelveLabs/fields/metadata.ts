import { type UserMetadata, ValidationError } from '@twelvelabs-nodes/core';
import type { INodeProperties } from 'n8n-workflow';
import { requireThat } from '../../shared/check';

export const metadataPairs: Omit<INodeProperties, 'displayName' | 'name'> = {
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Metadata',
  default: {},
  options: [
    {
      displayName: 'Metadata',
      name: 'pairs',
      values: [
        {
          displayName: 'Key',
          name: 'key',
          type: 'string',
          default: '',
          placeholder: 'e.g. campaign',
        },
        {
          displayName: 'Value',
          name: 'value',
          type: 'string',
          default: '',
          placeholder: 'e.g. spring',
          description: 'A text, or an expression that gives a text, a number or true/false',
        },
      ],
    },
  ],
};

/** Metadata of a JSON field and of a list of pairs together; a pair wins. Core checks what it holds. */
export function readMetadata(pairs: unknown, json: unknown): UserMetadata | undefined {
  const listed = readPairs(pairs);
  if (listed === undefined && isBlank(json)) return undefined;
  const parsed = isBlank(json) ? {} : parseJson(json);
  // What is no object would fall apart into keys of its own.
  if (!listed || typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return parsed as UserMetadata;
  return { ...parsed, ...listed };
}

/** The list of pairs as an object: keys and values can come from expressions, and so be anything. */
function readPairs(collection: unknown): UserMetadata | undefined {
  const pairs = (collection as { pairs?: unknown } | undefined)?.pairs;
  if (pairs === undefined) return undefined;
  requireThat(Array.isArray(pairs), 'user_metadata', 'type', 'must be a list of keys and values', pairs);
  return Object.fromEntries(
    pairs.map((pair: { key?: unknown; value?: unknown }, index) => {
      const { key, value } = pair;
      const isName = typeof key === 'string' || typeof key === 'number';
      requireThat(isName, 'user_metadata', 'type', `key ${index + 1} must be a text`, key);
      // `null` would be a removal for core, which the JSON form is for.
      const isValue = value !== null;
      requireThat(isValue, `user_metadata.${key}`, 'type', 'must be a text, a number or true/false', value);
      return [key, value];
    }),
  ) as UserMetadata;
}

/** Whether a JSON field was left empty, or its expression gives nothing. */
export function isBlank(json: unknown): boolean {
  return json === undefined || json === '';
}

function parseJson(json: unknown): unknown {
  if (typeof json !== 'string') return json;
  try {
    return JSON.parse(json);
  } catch (error) {
    throw notJson(json, error);
  }
}

function notJson(json: string, error: unknown): ValidationError {
  // The rest of the parser's message quotes the text.
  const where = error instanceof Error ? /position \d+/.exec(error.message)?.[0] : undefined;
  return new ValidationError([
    {
      field: 'user_metadata',
      rule: 'json',
      message: `must be valid JSON such as {"campaign": "spring"}${where ? ` (a mistake at ${where})` : ''}`,
      received: `string of ${json.length} characters`,
    },
  ]);
}

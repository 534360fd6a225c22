import { type UserMetadata, ValidationError } from '@twelvelabs-nodes/core';
import type { INodeProperties } from 'n8n-workflow';

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

interface Pairs {
  readonly pairs?: readonly { readonly key: string; readonly value: string | number | boolean }[];
}

/** Metadata of a JSON field and of a list of pairs together; a pair wins. Core checks what it holds. */
export function readMetadata(pairs: unknown, json: unknown): UserMetadata | undefined {
  const listed = (pairs as Pairs | undefined)?.pairs;
  if (listed === undefined && isBlank(json)) return undefined;
  const parsed = isBlank(json) ? {} : parseJson(json);
  if (!listed) return parsed as UserMetadata;
  return { ...(parsed as UserMetadata), ...Object.fromEntries(listed.map(({ key, value }) => [key, value])) };
}

function isBlank(json: unknown): boolean {
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

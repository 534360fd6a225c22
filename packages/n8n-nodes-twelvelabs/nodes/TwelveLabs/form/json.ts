import { requireThat } from '../../host/check';
import type { Read } from './field';

/** JSON as text, or a value from an expression. @throws {ValidationError} saying where the mistake is */
export const json: Read<unknown> = (value, field) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    // The rest of the parser's message quotes the text.
    const where = error instanceof Error ? /position \d+/.exec(error.message)?.[0] : undefined;
    requireThat(false, field, 'json', `must be valid JSON${where ? ` (see ${where})` : ''}`, value);
  }
};

/** The same for an object. @param example JSON, for the error */
export function jsonObject(example: string): Read<object> {
  return (value, field) => {
    const found = json(value, field);
    requireThat(isObject(found), field, 'type', `must be an object, such as ${example}`, found);
    return found;
  };
}

/** Also of another realm, as n8n gives them; no list, date or map. */
function isObject(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]';
}

import { ValidationError } from '../errors/validation-error.ts';
import { shapeOf } from '../validation/shape.ts';

/** The names in braces of a path such as `indexes/{index_id}/indexed-assets`. */
export type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

const NAME = /^\{(\w+)\}$/;

/** The names in braces, in order. */
export function namesIn(path: string): string[] {
  return path.split('/').flatMap((segment) => NAME.exec(segment)?.[1] ?? []);
}

/**
 * Fills in a path. Every value is encoded and stays one segment: nothing in it can lead to another endpoint.
 * @throws {ValidationError} for a value that is no segment: empty, `.` or `..`
 */
export function fillPath(path: string, values: Readonly<Record<string, unknown>>): string {
  return path
    .split('/')
    .map((segment) => {
      const name = NAME.exec(segment)?.[1];
      return name === undefined ? segment : encoded(name, values[name]);
    })
    .join('/');
}

function encoded(field: string, value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  // URL parsers resolve dot segments, also percent-encoded ones.
  if (text !== '' && text !== '.' && text !== '..') return encodeURIComponent(text);
  const message = 'must be a single segment of a path';
  throw new ValidationError([{ field, rule: 'path', message, received: shapeOf(value) }]);
}

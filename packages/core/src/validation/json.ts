import type { ValidationIssue } from '../errors/validation-error.ts';
import { isFileSource } from './file-source.ts';
import { fieldName } from './parse.ts';
import { shapeOf } from './shape.ts';

/** Deeper than any parameter is; recursion would end in an overflow of the stack. */
const MAX_DEPTH = 100;

/** What JSON cannot express in a value that is to be sent as JSON. Files, which are sent apart, are left out. */
export function jsonIssues(
  value: unknown,
  path: readonly string[] = [],
  around: readonly object[] = [],
): ValidationIssue[] {
  const issue = (message: string): ValidationIssue[] => [
    { field: fieldName(path, 'params'), rule: 'json', message, received: shapeOf(value) },
  ];
  if (['bigint', 'function', 'symbol'].includes(typeof value) || value instanceof Uint8Array)
    return issue('must be what JSON can express: text, numbers, true, false, null, lists and objects');
  if (typeof value !== 'object' || value === null || isFileSource(value)) return [];
  if (around.includes(value)) return issue('must not contain itself');
  if (around.length >= MAX_DEPTH) return issue(`must not be nested more than ${MAX_DEPTH} levels deep`);
  return Object.entries(value).flatMap(([key, inner]) =>
    jsonIssues(inner, [...path, key], [...around, value]),
  );
}

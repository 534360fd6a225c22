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
  if (!isJson(value))
    return issue('must be what JSON can express: text, finite numbers, true, false, null, lists and objects');
  if (typeof value !== 'object' || value === null || isFileSource(value)) return [];
  if (around.includes(value)) return issue('must not contain itself');
  if (around.length >= MAX_DEPTH) return issue(`must not be nested more than ${MAX_DEPTH} levels deep`);
  // A list's entries with its holes, which JSON would fill with `null`.
  return Object.entries(Array.isArray(value) ? Array.from(value) : value).flatMap(([key, inner]) =>
    // A field without a value is left out; a list cannot leave one out.
    inner === undefined && !Array.isArray(value) ? [] : jsonIssues(inner, [...path, key], [...around, value]),
  );
}

/** Whether `JSON.stringify` writes a value, without regard to what is in it, as what it is and not as `null` or `{}`. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (value === null) return true;
  if (value instanceof Uint8Array) return false;
  // An object of another realm, as hosts give them, is none of this one's classes.
  const kind = Object.prototype.toString.call(value);
  if (kind === '[object Date]') return !Number.isNaN(Number(value));
  const hasOwnForm = 'toJSON' in value && typeof value.toJSON === 'function';
  return kind === '[object Object]' || kind === '[object Array]' || hasOwnForm;
}

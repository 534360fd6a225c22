import type { z } from 'zod/v4';
import { MOST_ISSUES, ValidationError, type ValidationIssue } from '../errors/validation-error.ts';
import { excerpt } from '../text/excerpt.ts';
import { shapeOf } from './shape.ts';

export type ParseResult<T> =
  | { data: T; issues?: undefined }
  | { data?: undefined; issues: ValidationIssue[] };

/** Checks `input` against `schema` and reports every problem in our own words. Never throws. */
export function check<T>(schema: z.ZodType<T>, input: unknown, root: string): ParseResult<T> {
  // Compiled code pays off after hundreds of calls, and its making costs more than all of an upload's checks.
  const result = schema.safeParse(input, { jitless: true, error: inOurWords });
  if (result.success) return { data: result.data };
  const issues = result.error.issues.slice(0, MOST_ISSUES).flatMap((issue) => translate(issue, input, root));
  // Older versions of zod, such as n8n's, leave a value out once it was refused, and then find it missing as well.
  const refused = issues.flatMap(({ field, rule }) => (rule === 'required' ? [] : `${field}.`));
  const told = issues.filter(
    ({ field, rule }) => rule !== 'required' || !refused.some((other) => other.startsWith(`${field}.`)),
  );
  return { issues: told.slice(0, MOST_ISSUES) };
}

/**
 * Checks `input` against `schema`.
 * @throws {ValidationError} with every problem at once.
 */
export function parse<T>(schema: z.ZodType<T>, input: unknown, root: string): T {
  const result = check(schema, input, root);
  if (result.issues) throw new ValidationError(result.issues);
  return result.data;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** For rules without a message of their own. */
function inOurWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type')
    return `must be ${KINDS[issue.expected] ?? `of the type ${issue.expected}`}`;
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  return 'must have one of the documented forms';
}

function isInside({ code, path }: z.core.$ZodIssue): boolean {
  return path.length > 0 || code === 'unrecognized_keys';
}

function translate(issue: z.core.$ZodIssue, input: unknown, root: string): ValidationIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST_ISSUES).map((key) => ({
      field: fieldName([...issue.path, key], root),
      rule: 'unknown',
      message: 'is not a parameter of this call',
      received: shapeOf(at(input, [...issue.path, key])),
    }));
  }
  if (issue.code === 'invalid_union') {
    // Of several forms, the one whose outer shape fits: its problems say more than "none of these".
    const near = issue.errors.find((branch) => branch.every(isInside));
    if (near) {
      return near.flatMap((inner) =>
        translate({ ...inner, path: [...issue.path, ...inner.path] }, input, root),
      );
    }
  }
  const value = at(input, issue.path);
  const missing = value === undefined && issue.code !== 'custom';
  return [
    {
      field: fieldName(issue.path, root),
      rule: missing ? 'required' : ruleOf(issue),
      message: missing ? `is required: ${issue.message}` : issue.message,
      received: shapeOf(value),
    },
  ];
}

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return typeof issue.params?.rule === 'string' ? issue.params.rule : 'invalid';
  if (issue.code === 'too_small' || issue.code === 'too_big')
    return issue.origin === 'string' ? 'length' : 'range';
  return issue.code === 'invalid_type' ? 'type' : 'value';
}

/** The path of a value as errors name it. */
export function fieldName(path: readonly PropertyKey[], root: string): string {
  // Keys of the user, or of a server, are part of it.
  return path.length === 0
    ? root
    : excerpt(path.map((key) => (key === '' ? '""' : String(key))).join('.'), 100);
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}

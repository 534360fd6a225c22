import { z } from 'zod/v4';
import { invalid, missing, type PlatformError, unknownParameter } from '../errors.ts';
import { shapeOf } from '../options.ts';

/** A boolean in a form or a query string. */
export const booleanText = z.enum(['true', 'false']).transform((text) => text === 'true');

/** A URL that a file can be downloaded from. */
export const mediaUrl = z.url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' });

/**
 * Checks `input` and returns it parsed.
 *
 * @throws {PlatformError} 400 for the first problem, with the platform's code for its sort.
 */
export function validate<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw problem(result.error.issues[0]);
}

function problem(issue: z.core.$ZodIssue | undefined): PlatformError {
  if (issue === undefined) return invalid('body', 'It does not have the documented form.');
  const field = issue.path.join('.') || 'body';
  if (issue.code === 'unrecognized_keys') {
    return unknownParameter([...issue.path, issue.keys[0] ?? ''].join('.'));
  }
  if (issue.input === undefined) return missing(field);
  return invalid(field, `${issue.message} (got ${shapeOf(issue.input)}).`);
}

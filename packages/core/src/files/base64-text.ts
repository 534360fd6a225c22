import { z } from 'zod/v4';
import { ValidationError } from '../errors/validation-error.ts';
import { readBase64 } from './base64.ts';
import { decodeBase64 } from './from-base64.ts';
import { encodeBase64 } from './to-base64.ts';

/** A text that goes into a JSON body as it is: RFC 4648 §4, in one line and with padding. */
const PLAIN = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * A file as a text in Base64, in any usual form. The platform gets it in one line, in the standard alphabet and with
 * padding.
 */
export const base64Text = z.unknown().transform((given, context) => {
  try {
    if (readBase64(given).size > 0) return plain(given as string);
    context.issues.push(problem(given, 'empty', 'must not be empty'));
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    for (const { rule, message } of error.issues) context.issues.push(problem(given, rule, message));
  }
  return z.NEVER;
}) as z.ZodType<string, string>;

const plain = (text: string) =>
  text.length % 4 === 0 && PLAIN.test(text) ? text : encodeBase64(decodeBase64(text));

function problem(input: unknown, rule: string, message: string) {
  return { code: 'custom' as const, message, input, params: { rule } };
}

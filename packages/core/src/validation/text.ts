import { z } from 'zod/v4';

/** White space, and characters that take no room: a copied text has them at its ends without anybody seeing it. */
const INVISIBLE = /[\s\p{Cf}\p{Cc}]/u;

/** Half a character, which JSON may have and UTF-8 may not: a server stores something else in its place. */
export const LONE_SURROGATE = /\p{Surrogate}/u;

/** A text without white space and invisible characters at both ends. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && INVISIBLE.test(text.charAt(start))) start++;
  while (end > start && INVISIBLE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Where the first white space or invisible character stands, from 1; 0 when there is none. */
export function invisibleAt(text: string): number {
  return text.search(INVISIBLE) + 1;
}

/** A text, by its type; a number or a boolean, of a host that knows no types, can only mean its text. */
export const text = (error = 'must be text') =>
  z.unknown().transform((input, context) => {
    const isScalar = typeof input === 'boolean' || typeof input === 'bigint' || Number.isFinite(input);
    if (typeof input === 'string') return input;
    if (isScalar) return String(input);
    context.issues.push({ code: 'invalid_type', expected: 'string', message: error, input });
    return z.NEVER;
  }) as z.ZodType<string, string>;

/** A text that is trimmed at both ends, as URLs and ids are. A number would not do: long ids lose digits as numbers. */
export const trimmedText = (error = 'must be text') => z.string({ error }).transform(trimmed);

import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';

/** No key is shorter; masking less would tear ordinary words apart. */
const SHORTEST_SECRET = 8;

/** Far more than any answer has: hosts walk what they are given by recursion, and would overflow their stack. */
const MAX_DEPTH = 64;

/** `text` with `***` in the place of each occurrence of `secret`, written as it is or in Base64. */
export function masked(text: string, secret: string | undefined): string {
  if (secret === undefined || secret.length < SHORTEST_SECRET) return text;
  // Answers have thousands of texts, and a process hardly ever more than one key at a time.
  if (known.secret !== secret) known = { secret, forms: formsOf(secret) };
  return known.forms.reduce((safe, form) => safe.replaceAll(form, '***'), text);
}

let known: { secret: string; forms: readonly string[] } = { secret: '', forms: [] };

/**
 * How an answer may contain a secret: as it is, and as part of something in Base64, which has three forms by where in
 * a group of three bytes the secret begins. Only the characters that encode nothing but the secret count. Source: RFC
 * 4648, sections 4 and 5.
 */
function formsOf(secret: string): readonly string[] {
  const encoded = ['', '.', '..'].map((before) => {
    const text = btoa(before + secret);
    const end = text.indexOf('=');
    return text.slice(before === '' ? 0 : before.length + 1, end < 0 ? text.length : end - 1);
  });
  const url = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([secret, ...encoded, ...url])];
}

/**
 * The same in every text of a parsed JSON value: there an escaped secret shows, which its source text would hide.
 * @throws {UnexpectedResponseError} when it is nested too deep
 */
export function maskedValue(value: unknown, secret: string | undefined, depth = 0): unknown {
  if (typeof value === 'string') return masked(value, secret);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH)
    throw new UnexpectedResponseError(`the response is nested more than ${MAX_DEPTH} levels deep`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      value[index] = maskedValue(value[index], secret, depth + 1);
    return value;
  }
  const fields = value as Record<string, unknown>;
  for (const [name, field] of Object.entries(fields)) {
    const safe = masked(name, secret);
    if (safe !== name) delete fields[name];
    // Defined, not assigned: a field may be called "__proto__".
    const changed = maskedValue(field, secret, depth + 1);
    if (changed !== field || safe !== name) {
      Object.defineProperty(fields, safe, {
        value: changed,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
  return value;
}

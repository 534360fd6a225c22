import { z } from 'zod/v4';
import { text, trimmed, trimmedText } from './text.ts';

/** A whole number in a range. */
export const count = (min: number, max = Number.MAX_SAFE_INTEGER) => {
  const error =
    max === Number.MAX_SAFE_INTEGER
      ? `must be a whole number from ${min}`
      : `must be a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

export const flag = z.boolean({ error: 'must be true or false' });

export const milliseconds = z
  .number({ error: 'must be a number of milliseconds' })
  .min(1, { error: 'must be at least 1 ms' })
  // What timers can take (2^31 - 1): more would fire at once.
  .max(2_147_483_647, { error: 'must be at most 2,147,483,647 ms (24.8 days)' });

export const zeroOrMore = z
  .number({ error: 'must be a number of milliseconds' })
  .min(0, { error: 'must not be negative' });

export const abortSignal = z.custom<AbortSignal>(
  (value) => typeof (value as AbortSignal | null)?.addEventListener === 'function',
  { error: 'must be an AbortSignal' },
);

/** A callback of the type that the option declares; what it is called with cannot be checked. */
export const callback = <T extends (...args: never[]) => void>() =>
  z.custom<T>((value) => typeof value === 'function', { error: 'must be a function' });

/** An id becomes a segment of a path. The platform's are 24 hexadecimal digits today. */
const ID = /^\w[\w.-]{0,127}$/;

const givenId = 'must be an id: 1 to 128 letters, digits, "_", "-" or "."';

/** An id that a caller gives. */
export const idParam = trimmedText(givenId).pipe(z.string().regex(ID, { error: givenId }));

/** An id in an answer. */
export const id = z.string({ error: 'must be an id' }).regex(ID, { error: 'is not an id' });

/** Source: the published description: every list has at most 50 items a page. */
export const MAX_PAGE_LIMIT = 50;

/** The paging of a list. */
export const paging = { page: count(1).optional(), page_limit: count(1, MAX_PAGE_LIMIT).optional() };

/** Known values for editors, any other value as it came: enumerations of the platform grow. */
export const openEnum = <const T extends string>(..._known: T[]) =>
  z.string() as unknown as z.ZodType<T | (string & {})>;

/** The order of a list. */
export const sorting = <const T extends string>(...fields: readonly [T, ...T[]]) => ({
  sort_by: z
    .enum(fields, { error: `must be ${fields.map((field) => `"${field}"`).join(' or ')}` })
    .optional(),
  sort_option: z.enum(['asc', 'desc'], { error: 'must be "asc" or "desc"' }).optional(),
});

/** A text that must not be empty. */
export const name = (error?: string) => text(error).pipe(z.string().min(1, { error: 'must not be empty' }));

/**
 * A rule about all of an object or a list, for `refine`: checked alongside those of its parts, so that all problems come
 * at once. The values may have any type then.
 * @param field where the problem is reported; without it, at the object or the list itself
 */
export const alongside = (rule: string, error: string, field?: string) => ({
  error,
  params: { rule },
  path: field === undefined ? [] : [field],
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
});

const bound = z.number({ error: 'must be a number' }).optional();

/** Seconds: far less than a frame, and more than what binary fractions lose. */
const PRECISION = 1e-6;

/** Whether a value is at least another one, where both are numbers. */
export const isAtLeast = (value: unknown, least: unknown) =>
  typeof value !== 'number' || typeof least !== 'number' || value >= least;

/** Whether a window has at least that many seconds, where both of its ends are numbers. */
export const hasLength = (start: unknown, end: unknown, least: number) =>
  typeof start !== 'number' || typeof end !== 'number' || end - start >= least - PRECISION;

export const EMPTY_RANGE = 'must not be greater than lte: nothing lies between the two';

/** From `gte` to `lte`, both included. */
export const range = z
  .strictObject({ gte: bound, lte: bound }, { error: 'must be { gte, lte }' })
  .refine(({ gte, lte }) => isAtLeast(lte, gte), alongside('range', EMPTY_RANGE, 'gte'));

/** A position in a video or a sound, or a length. */
export const seconds = (min = 0) =>
  z
    .number({ error: 'must be a number of seconds' })
    .min(min, { error: min === 0 ? 'must not be negative' : `must be at least ${min} seconds` });

/** RFC 3339 §5.6, and a date alone, which the platform takes as well. */
const RFC_3339 = /^(\d{4}-\d\d-\d\d)(t\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:\d\d))?$/i;

/**
 * A date and time. Takes a `Date`, or any object whose `toJSON` returns such a text (as those of date libraries). Numbers are refused:
 * they could be seconds or milliseconds.
 */
export const dateTime = z.unknown().transform((input, context) => {
  const written = writtenDate(input);
  const [, day] = RFC_3339.exec(written) ?? [];
  // Date.parse takes February 30 for March 1 or 2.
  const isDay = day !== undefined && dayOf(day) === day;
  if (isDay && !Number.isNaN(Date.parse(written))) return written;
  const message = 'must be a date and time in RFC 3339 format, such as 2026-01-31T08:00:00Z, or a Date';
  context.issues.push({ code: 'invalid_type', expected: 'date', message, input });
  return z.NEVER;
}) as z.ZodType<string, string | Date>;

function writtenDate(input: unknown): string {
  const { toJSON } = (typeof input === 'object' && input !== null ? input : {}) as { toJSON?: unknown };
  try {
    const given: unknown = typeof toJSON === 'function' ? toJSON.call(input) : input;
    return typeof given === 'string' ? trimmed(given) : '';
  } catch {
    return '';
  }
}

function dayOf(day: string): string | undefined {
  const time = Date.parse(day);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}

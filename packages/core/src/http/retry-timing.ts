import type { HttpResponse } from '../ports.ts';
import { errorFields } from './error-fields.ts';

/** How often, and for how long, to try again. */
export interface RetryPolicy {
  /**
   * Attempts in all, the first one included; those that met a rate limit do not count.
   * @default no limit
   */
  readonly maxAttempts: number;
  /**
   * Milliseconds from the first failure of a request. At an origin that has not answered once in this process,
   * 30,000 at most: a wrong address is likelier than an outage. With 0, nothing is sent again. The search for what a
   * request created whose answer was lost is no second attempt: it takes up to 5 s at any value.
   * @default 600_000 (10 minutes)
   */
  readonly maxElapsed: number;
  /**
   * Milliseconds; the first wait is at most this, each further one at most twice the one before.
   * @default 500
   */
  readonly baseDelay: number;
  /**
   * Milliseconds; the longest wait that the platform does not ask for.
   * @default 30_000
   */
  readonly maxDelay: number;
}

/** Changes to the policy; what is missing or `undefined` stays. */
export type RetryOverrides = { readonly [K in keyof RetryPolicy]?: RetryPolicy[K] | undefined };

export const DEFAULT_RETRY: RetryPolicy = {
  maxAttempts: Number.POSITIVE_INFINITY,
  maxElapsed: 600_000,
  baseDelay: 500,
  maxDelay: 30_000,
};

/**
 * Full jitter: anything between nothing and the exponential bound, so that many clients do not return together.
 * @param attempt 1 after the first failure
 * @returns milliseconds
 */
export function backoff(policy: RetryPolicy, attempt: number, random: number): number {
  return Math.floor(random * Math.min(policy.maxDelay, policy.baseDelay * 2 ** Math.min(attempt - 1, 30)));
}

/** Of the platform's older and newer versions: UTC epoch seconds. */
const RESET_HEADERS = ['x-ratelimit-reset', 'x-ratelimit-request-reset'];

/**
 * How long the platform asks to wait: `Retry-After` (seconds or an HTTP date, RFC 9110 §10.2.3), else
 * `details.retryAfter` of the error; of a 429 else the reset of its rate limit, else the `{retry_after}` of its message.
 * Times are compared with the answer's own `Date`, so that a wrong local clock does no harm.
 * @param now local milliseconds since the epoch, for an answer without a date
 * @returns milliseconds, never negative; `undefined` when it says nothing that can be read
 */
export function requestedDelay({ status, headers, body }: HttpResponse, now: number): number | undefined {
  const dated = Date.parse(headers.date ?? '');
  const serverNow = Number.isNaN(dated) ? now : dated;
  const { details, message } = errorFields(body) as { details?: { retryAfter?: unknown }; message?: unknown };
  const asked = retryAfter(headers['retry-after'], serverNow) ?? retryAfter(details?.retryAfter, serverNow);
  // Platforms send the state of a limit with every answer: an outage does not end with it.
  if (asked !== undefined || status !== 429) return asked;
  return resetAt(headers, serverNow) ?? inMessage(message, serverNow);
}

/** Characters of a text about time that are read: a server may send megabytes, over which patterns take seconds. */
const LONGEST = 1_000;

/** Seconds also as gateways write them: `0.5`, `5s`, and the header twice (`5, 5`), of which the longest counts. */
function retryAfter(value: unknown, serverNow: number): number | undefined {
  const text =
    typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST).trim() : '';
  // Date.parse takes "-5" and "1.5" for years; an HTTP date starts with the day's name.
  if (/^[A-Za-z]{3}/.test(text)) return msUntil(Date.parse(text), serverNow);
  const seconds = text.split(',').map((part) => /^(\d{1,10}(?:\.\d{1,9})?)s?$/i.exec(part.trim())?.[1]);
  return seconds.every((part) => part !== undefined)
    ? Math.ceil(Math.max(...seconds.map(Number)) * 1000)
    : undefined;
}

function resetAt(headers: HttpResponse['headers'], serverNow: number): number | undefined {
  const times = RESET_HEADERS.flatMap((name) => {
    const value = headers[name]?.trim() ?? '';
    return /^\d{9,11}(\.\d+)?$/.test(value) ? [Number(value) * 1000] : [];
  });
  return times.length > 0 ? msUntil(Math.max(...times), serverNow) : undefined;
}

/** "… try again later after {retry_after}.": seconds, a duration such as `1m30s`, or a date. */
function inMessage(message: unknown, serverNow: number): number | undefined {
  const said =
    typeof message === 'string'
      ? /try again later after ([^"]{1,64})$/i.exec(message.slice(0, LONGEST).trim())?.[1]?.replace(/\.$/, '')
      : undefined;
  if (!said) return undefined;
  const units = /^(?:(\d{1,5})h)? ?(?:(\d{1,5})m)? ?(?:(\d{1,10}(?:\.\d+)?) ?(?:s|secs?|seconds?)?)?$/i.exec(
    said,
  );
  if (units?.slice(1).some(Boolean)) {
    const [hours = 0, minutes = 0, seconds = 0] = units.slice(1).map((part) => Number(part ?? 0));
    return Math.ceil((hours * 3600 + minutes * 60 + seconds) * 1000);
  }
  return /^(\d{4}-|[A-Za-z]{3})/.test(said) ? msUntil(Date.parse(said), serverNow) : undefined;
}

function msUntil(time: number, serverNow: number): number | undefined {
  return Number.isNaN(time) ? undefined : Math.max(0, time - serverNow);
}

/** The policy that results from all overrides, the last one winning. */
export function policyOf(...overrides: readonly (RetryOverrides | undefined)[]): RetryPolicy {
  const given = overrides.flatMap((each) => Object.entries(each ?? {}));
  return { ...DEFAULT_RETRY, ...Object.fromEntries(given.filter(([, value]) => value !== undefined)) };
}

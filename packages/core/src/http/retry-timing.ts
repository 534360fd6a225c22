import type { HttpResponse } from '../ports.ts';

/** Milliseconds; how often and how long to try again. */
export interface RetryPolicy {
  /** Attempts in all, the first one included; waiting for a rate limit does not count. */
  readonly maxAttempts: number;
  /** Milliseconds spent waiting between attempts, in all. */
  readonly maxElapsed: number;
  /** Milliseconds; the first wait is at most this, each further one at most twice the one before. */
  readonly baseDelay: number;
  /** Milliseconds; the longest wait that is not asked for by the platform. */
  readonly maxDelay: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  maxAttempts: 5,
  maxElapsed: 600_000,
  baseDelay: 500,
  maxDelay: 30_000,
};

/**
 * Full jitter: anything between nothing and the exponential bound, so that many clients do not come back together.
 * @param attempt 1 after the first failure
 * @returns milliseconds
 */
export function backoff(policy: RetryPolicy, attempt: number, random: number): number {
  return Math.floor(random * Math.min(policy.maxDelay, policy.baseDelay * 2 ** Math.min(attempt - 1, 30)));
}

/**
 * How long the platform asks to wait: `Retry-After` (seconds or an HTTP date, RFC 9110 §10.2.3), else
 * `X-Ratelimit-Reset` (UTC epoch seconds), else the `{retry_after}` of its message.
 * Times are read against the answer's own `Date`, so that a local clock that is off does no harm.
 * @param now local milliseconds since the epoch, for an answer without a date
 * @returns milliseconds, never negative; `undefined` when it says nothing that can be read
 */
export function requestedDelay({ headers, body }: HttpResponse, now: number): number | undefined {
  const dated = Date.parse(headers.date ?? '');
  const serverNow = Number.isNaN(dated) ? now : dated;
  return (
    retryAfter(headers['retry-after'], serverNow) ??
    resetAt(headers['x-ratelimit-reset'], serverNow) ??
    inMessage((body as { message?: unknown } | null | undefined)?.message, serverNow)
  );
}

function retryAfter(value: string | undefined, serverNow: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  // Date.parse takes "-5" and "1.5" for years; an HTTP date starts with the day's name.
  return /^[A-Za-z]{3}/.test(text) ? until(Date.parse(text), serverNow) : undefined;
}

function resetAt(value: string | undefined, serverNow: number): number | undefined {
  return value !== undefined && /^\d{9,11}(\.\d+)?$/.test(value.trim())
    ? until(Number(value) * 1000, serverNow)
    : undefined;
}

/** "… try again later after {retry_after}.": seconds, a duration such as `1m30s`, or a date. */
function inMessage(message: unknown, serverNow: number): number | undefined {
  const said =
    typeof message === 'string'
      ? /try again later after ([^"]{1,64}?)\.?\s*$/i.exec(message)?.[1]?.trim()
      : undefined;
  if (!said) return undefined;
  const units =
    /^(?:(\d{1,5})h)?\s*(?:(\d{1,5})m)?\s*(?:(\d{1,10}(?:\.\d+)?)\s*(?:s|secs?|seconds?)?)?$/i.exec(said);
  if (units?.slice(1).some(Boolean)) {
    const [hours = 0, minutes = 0, seconds = 0] = units.slice(1).map((part) => Number(part ?? 0));
    return Math.ceil((hours * 3600 + minutes * 60 + seconds) * 1000);
  }
  return /^(\d{4}-|[A-Za-z]{3})/.test(said) ? until(Date.parse(said), serverNow) : undefined;
}

function until(time: number, serverNow: number): number | undefined {
  return Number.isNaN(time) ? undefined : Math.max(0, time - serverNow);
}

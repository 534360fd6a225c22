import { describe, expect, it } from 'vitest';
import { requestedDelay } from '../src/http/retry-timing.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const limited = 'You have exceeded the rate limit (8). Please try again later after ';
const delay = (headers: Record<string, string>, message?: string) =>
  requestedDelay(
    { status: 429, headers, body: message === undefined ? '' : { code: 'too_many_requests', message } },
    NOW,
  );

describe('requestedDelay', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['zero', { 'retry-after': '0' }, 0],
    ['an HTTP date', { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
    ['an absurdly long wait', { 'retry-after': '9999999999' }, 9_999_999_999_000],
    ['a negative number', { 'retry-after': '-5' }, undefined],
    ['a fraction', { 'retry-after': '1.5' }, 1_500],
    ['seconds with their unit', { 'retry-after': '5s' }, 5_000],
    ['the header twice, as proxies join it', { 'retry-after': '5, 7' }, 7_000],
    ['a list with words', { 'retry-after': '5, soon' }, undefined],
    ['the reset time of newer versions', { 'x-ratelimit-request-reset': String(NOW / 1000 + 12) }, 12_000],
    ['an empty value', { 'retry-after': '' }, undefined],
    ['words', { 'retry-after': 'soon' }, undefined],
    ['a reset time', { 'x-ratelimit-reset': String(NOW / 1000 + 12) }, 12_000],
    ['a reset time that is no time', { 'x-ratelimit-reset': '12' }, undefined],
    ['nothing', {}, undefined],
  ])('reads %s', (_, headers, expected) => {
    expect(delay(headers)).toBe(expected);
  });

  it.each([
    ['2026-11-22T12:00:20Z', 20_000],
    ['30 seconds', 30_000],
    ['30s', 30_000],
    ['1m30s', 90_000],
    ['45', 45_000],
    ['a while', undefined],
  ])('reads "%s" in the message', (said, expected) => {
    expect(delay({}, `${limited}${said}.`)).toBe(expected);
  });

  it('of an outage reads Retry-After only: platforms send the state of a limit with every answer', () => {
    const headers = { 'x-ratelimit-remaining': '2990', 'x-ratelimit-reset': String(NOW / 1000 + 3_600) };
    const body = { message: `${limited}30s.` };
    expect(requestedDelay({ status: 503, headers, body }, NOW)).toBeUndefined();
    expect(requestedDelay({ status: 503, headers: { ...headers, 'retry-after': '2' }, body }, NOW)).toBe(
      2_000,
    );
  });

  it('believes Retry-After first, then the reset time, then the message', () => {
    const reset = String(NOW / 1000 + 12);
    expect(delay({ 'retry-after': '3', 'x-ratelimit-reset': reset }, `${limited}40s.`)).toBe(3_000);
    expect(delay({ 'retry-after': 'soon', 'x-ratelimit-reset': reset }, `${limited}40s.`)).toBe(12_000);
  });

  it.each([
    ['a list of millions', { details: { retryAfter: '1,'.repeat(3_000_000) } }],
    ['blanks without an end', { message: `${limited}${' '.repeat(7_000_000)}y` }],
    ['the begin of a request over and over', { message: 'try again later after '.repeat(300_000) }],
    ['digits without an end', { details: { retryAfter: '1'.repeat(7_000_000) } }],
  ])('takes no time and no stack over %s', (_, body) => {
    for (const status of [429, 503])
      expect(requestedDelay({ status, headers: {}, body }, NOW)).toBeUndefined();
  });

  it('reads the nested form of an error', () => {
    const body = { error: { code: 'RATE_LIMIT_EXCEEDED', message: 'later', details: { retryAfter: '60' } } };
    expect(requestedDelay({ status: 429, headers: {}, body }, NOW)).toBe(60_000);
  });

  it("counts from the answer's own date when the local clock is an hour off", () => {
    const date = 'Sun, 22 Nov 2026 13:00:00 GMT';
    expect(delay({ date, 'x-ratelimit-reset': String(Date.parse(date) / 1000 + 5) })).toBe(5_000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AssetsClient,
  type Clock,
  type HttpResponse,
  type RetryEvent,
  TwelveLabsError,
} from '../../src/index.ts';
import { runs } from '../support/runs.ts';

/** A clock that counts what is slept, in no time at all. */
class CountingClock implements Clock {
  slept = 0;
  #now = Date.parse('2026-11-22T12:00:00Z');
  readonly #random: () => number;
  constructor(random: () => number) {
    this.#random = random;
  }
  now() {
    return this.#now;
  }
  // Only the waits between attempts are real here: those that watch for silence never come to their end.
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds === IDLE) return new Promise((_, reject) => signal?.addEventListener('abort', reject));
    this.slept += milliseconds;
    this.#now += milliseconds;
    return Promise.resolve();
  }
  random() {
    return this.#random();
  }
}
const LEAST_LIMIT_WAIT = 100;
/** No wait of these tests is this long. */
const IDLE = 2_000_000_001;

const policy = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 8 }),
  maxElapsed: fc.integer({ min: 0, max: 5_000_000 }),
  baseDelay: fc.integer({ min: 0, max: 5_000 }),
  maxDelay: fc.integer({ min: 0, max: 60_000 }),
});

interface Answer {
  readonly status: number;
  readonly asked: number | undefined;
  readonly how: 'seconds' | 'date' | 'reset' | 'message';
}
const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(429, 408, 502, 503, 504),
  asked: fc.option(fc.integer({ min: 0, max: 600 }), { nil: undefined }),
  how: fc.constantFrom('seconds', 'date', 'reset', 'message'),
});
const answers = fc.array(answer, { minLength: 1, maxLength: 12 });
/** Below 1, as `random()` is. */
const randoms = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
  minLength: 1,
  maxLength: 9,
});

/** An answer that asks to wait, in each of the ways in which this platform or what stands before it may. */
function response({ status, asked, how }: Answer, now: number): HttpResponse {
  const at = now + (asked ?? 0) * 1000;
  const says: Record<Answer['how'], HttpResponse> = {
    seconds: { status, headers: { 'retry-after': String(asked) }, body: '' },
    date: {
      status,
      headers: { 'retry-after': new Date(at).toUTCString(), date: new Date(now).toUTCString() },
      body: '',
    },
    reset: { status, headers: { 'x-ratelimit-reset': String(at / 1000) }, body: '' },
    message: {
      status,
      headers: {},
      body: {
        code: 'too_many_requests',
        message: `You have exceeded the rate limit (8). Please try again later after ${new Date(at).toISOString()}.`,
      },
    },
  };
  return asked === undefined ? { status, headers: {}, body: '' } : says[how];
}

async function play(
  given: readonly Answer[],
  drawn: readonly number[],
  retry: { maxAttempts: number; maxElapsed: number; baseDelay: number; maxDelay: number },
) {
  let draws = 0;
  const clock = new CountingClock(() => drawn[draws++ % drawn.length] ?? 0);
  const events: RetryEvent[] = [];
  const seen: { asked: number; limited: boolean }[] = [];
  const transport = {
    async send(): Promise<HttpResponse> {
      const next = given[seen.length];
      if (!next) return { status: 200, headers: {}, body: { _id: 'a1' } };
      // What is asked for is told in whole seconds, and counted from the answer's own time in whole seconds.
      const now = how(next) === 'seconds' ? clock.now() : Math.floor(clock.now() / 1000) * 1000;
      const told = response(next, now);
      seen.push({ asked: waitOf(next, told, clock.now()), limited: next.status === 429 });
      return told;
    },
  };
  const client = new AssetsClient({ transport, clock, retry });
  const options = { onRetry: (event: RetryEvent) => events.push(event), idleTimeout: IDLE };
  const outcome = await client.retrieve('a1', options).then(
    () => 'answered' as const,
    (error: unknown) => error,
  );
  return { outcome, events, seen, slept: clock.slept };
}

const how = (given: Answer) => (given.asked === undefined ? 'seconds' : given.how);

/** Milliseconds from now until what an answer names. */
function waitOf(given: Answer, { headers }: HttpResponse, now: number): number {
  if (given.asked === undefined) return 0;
  // The state of a rate limit says nothing about an outage.
  if (given.status !== 429 && (given.how === 'reset' || given.how === 'message')) return 0;
  if (given.how === 'seconds') return given.asked * 1000;
  // The answer's own date is what its times are counted from.
  if (headers.date) return given.asked * 1000;
  return Math.max(0, Math.floor(now / 1000) * 1000 + given.asked * 1000 - now);
}

describe('retrying', () => {
  it('never comes back before the platform asked, and never later than that and the bound of the jitter', async () => {
    await fc.assert(
      fc.asyncProperty(answers, randoms, policy, async (given, drawn, retry) => {
        const { events, seen } = await play(given, drawn, retry);
        let [failures, limited] = [0, 0];
        for (const [index, { delay }] of events.entries()) {
          const was = seen[index];
          if (!was) throw new Error('a retry without an answer');
          const count = was.limited ? ++limited : ++failures;
          const bound = Math.min(retry.maxDelay, retry.baseDelay * 2 ** (count - 1));
          expect(delay).toBeGreaterThanOrEqual(was.asked);
          // A limit is waited for even where the platform names no time, or "at once".
          const unasked = was.limited ? Math.max(LEAST_LIMIT_WAIT, retry.baseDelay + bound) : bound;
          expect(delay).toBeLessThanOrEqual(Math.max(was.asked + bound, unasked));
        }
      }),
      runs(500),
    );
  });

  it('stays within the attempts and the time of its policy, and waits exactly as it says', async () => {
    await fc.assert(
      fc.asyncProperty(answers, randoms, policy, async (given, drawn, retry) => {
        const { outcome, events, seen, slept } = await play(given, drawn, retry);
        expect(seen.filter(({ limited }) => !limited).length).toBeLessThanOrEqual(retry.maxAttempts);
        expect(slept).toBe(events.reduce((total, { delay }) => total + delay, 0));
        expect(slept).toBeLessThanOrEqual(retry.maxElapsed);
        if (outcome === 'answered') expect(events).toHaveLength(given.length);
        else expect(TwelveLabsError.is(outcome)).toBe(true);
      }),
      runs(500),
    );
  });
});

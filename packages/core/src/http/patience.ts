import type { RetryPolicy } from './retry-timing.ts';

/** Milliseconds. Nobody should wait ten minutes to learn that an address has a typo. */
const UNKNOWN_ORIGIN_PATIENCE = 30_000;

/** Origins that have answered in this process: their failures are outages. */
const answered = new Set<string>();

/** Records that an origin exists: it has answered, whatever it said. */
export function recordAnswer(url: string): void {
  answered.add(new URL(url).origin);
}

/**
 * How long to keep trying. For an origin that has never answered in this process, a wrong address is likelier than an
 * outage.
 * @returns milliseconds
 */
export function patienceFor(policy: Pick<RetryPolicy, 'maxElapsed'>, url: string): number {
  if (answered.has(new URL(url).origin)) return policy.maxElapsed;
  return Math.min(policy.maxElapsed, UNKNOWN_ORIGIN_PATIENCE);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';

/** Milliseconds that the clock may be moved at once: a hundred years. Dates end long after some such moves. */
const FURTHEST = 100 * 365 * 86_400_000;

/** How far the clock may be moved forward, in milliseconds. */
export const clockAdvance = z.number().int().nonnegative().max(FURTHEST);

/** What timers can count. */
const LONGEST_SLEEP = 2 ** 31 - 1;

/**
 * The emulator's clock. It runs with the machine's and can be moved forward, so that a test sees a URL expire after
 * an hour without waiting for one.
 */
export class Clock {
  #offset = 0;
  #moved = new AbortController();

  /** Milliseconds since the epoch, as the emulator sees them. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Moves the clock forward by `ms` milliseconds. @throws {TypeError} for more than a hundred years */
  advance(ms: number): void {
    if (!(Math.abs(ms) <= FURTHEST)) throw new TypeError(`ms: must be at most ${FURTHEST}, a hundred years`);
    this.#offset += ms;
    this.#moved.abort();
    this.#moved = new AbortController();
  }

  /**
   * Waits until a time by this clock, milliseconds since the epoch; moving it forward shortens the wait.
   *
   * @throws the reason of `signal` when it aborts.
   */
  async until(time: number, signal?: AbortSignal): Promise<void> {
    for (let rest = time - this.now(); rest > 0; rest = time - this.now()) {
      const signals = [this.#moved.signal, ...(signal === undefined ? [] : [signal])];
      await sleep(Math.min(rest, LONGEST_SLEEP), undefined, { signal: AbortSignal.any(signals) }).catch(() =>
        signal?.throwIfAborted(),
      );
    }
  }

  /** Goes back to the machine's time. */
  reset(): void {
    this.#offset = 0;
  }
}

/** RFC 3339 with whole seconds, the only form the platform's reference shows. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

import type { Clock } from '../../src/index.ts';

/**
 * A clock that jumps: a sleep ends as soon as nothing else is going on. `slept` holds every sleep that ran to its end.
 * Random values are the upper bound by default, so that jitter is visible as its maximum.
 */
export class VirtualClock implements Clock {
  readonly slept: number[] = [];
  #now: number;
  readonly #random: () => number;

  constructor(now = Date.parse('2026-11-22T12:00:00Z'), random: () => number = () => 1 - Number.EPSILON) {
    this.#now = now;
    this.#random = random;
  }

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    // Long sleeps are watchdogs: they never end by themselves here.
    if (milliseconds >= VirtualClock.FOREVER) return this.#forever(signal);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    this.#now += milliseconds;
    this.slept.push(milliseconds);
  }

  random(): number {
    return this.#random();
  }

  static readonly FOREVER = 60_000;

  #forever(signal?: AbortSignal): Promise<void> {
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
}

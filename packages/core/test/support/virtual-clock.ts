import type { Clock } from '../../src/index.ts';

/** Sleeps from here on are watchdogs and long waits: they end only by `passWatchdogs`. */
const LONG = 60_000;

/**
 * A clock that jumps: a short sleep ends at once and moves the time on; `slept` holds them. Random values are the
 * upper bound, so that jitter shows as its maximum.
 */
export class VirtualClock implements Clock {
  readonly slept: number[] = [];
  #now: number;
  readonly #random: () => number;
  readonly #watchdogs = new Set<() => void>();

  constructor(now = Date.parse('2026-11-22T12:00:00Z'), random: () => number = () => 1 - Number.EPSILON) {
    this.#now = now;
    this.#random = random;
  }

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (milliseconds >= LONG) return this.#watch(signal);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    this.#now += milliseconds;
    this.slept.push(milliseconds);
  }

  random(): number {
    return this.#random();
  }

  /** Watchdogs that are waiting; none may be left when a call has ended. */
  get watchdogs(): number {
    return this.#watchdogs.size;
  }

  /** Lets a day pass for everything that sleeps long. */
  passWatchdogs(): void {
    this.#now += 86_400_000;
    for (const wake of this.#watchdogs) wake();
  }

  #watch(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => () => {
        this.#watchdogs.delete(wake);
        signal?.removeEventListener('abort', cancel);
        settle();
      };
      const wake = end(resolve);
      const cancel = end(() => reject(signal?.reason));
      this.#watchdogs.add(wake);
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }
}

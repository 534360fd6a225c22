import { setTimeout as sleep } from 'node:timers/promises';

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

  /** Moves the clock forward by `ms` milliseconds. */
  advance(ms: number): void {
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
      await sleep(rest, undefined, { signal: AbortSignal.any(signals) }).catch(() =>
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

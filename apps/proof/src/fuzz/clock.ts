import type { Clock } from '@twelvelabs-nodes/core';

/** A clock that jumps over every sleep, but for the watchdogs of requests, which only their end wakes. */
export class JumpingClock implements Clock {
  /** Milliseconds that were slept in all. */
  slept = 0;
  #now = Date.parse('2026-11-22T12:00:00Z');

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds === WATCHDOG) {
      await new Promise((_, reject) => {
        if (signal?.aborted) reject(signal.reason);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    }
    signal?.throwIfAborted();
    this.slept += milliseconds;
    this.#now += milliseconds;
  }

  random(): number {
    return 0.5;
  }
}

/** The idle limit that calls under test are given. */
export const WATCHDOG = 3_599_999;

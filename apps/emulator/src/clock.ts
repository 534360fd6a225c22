/**
 * The emulator's clock. It runs with the machine's and can be moved forward, so that a test sees a URL expire after
 * an hour without waiting for one.
 */
export class Clock {
  #offset = 0;

  /** Milliseconds since the epoch, as the emulator sees them. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Moves the clock forward by `ms` milliseconds. */
  advance(ms: number): void {
    this.#offset += ms;
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

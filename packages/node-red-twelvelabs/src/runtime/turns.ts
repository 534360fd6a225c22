import type { Pool } from '@twelvelabs-nodes/core';

/** Takes turns in an account's pool, and knows how many wait. */
export class Turns {
  readonly #pool: Pool;
  readonly #changed: () => void;
  #waiting = 0;

  /** @param changed called whenever the number of those that wait changes */
  constructor(pool: Pool, changed: () => void) {
    this.#pool = pool;
    this.#changed = changed;
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Reports a retry of anybody's request: a rate limit stops the others, too. */
  get onRetry(): Pool['onRetry'] {
    return this.#pool.onRetry;
  }

  /**
   * Runs `work` when it is its turn.
   * @param bytes that it keeps moving; 0 when unknown
   * @throws {AbortedError} when the signal aborts before that
   */
  async run<T>(bytes: number, signal: AbortSignal, work: (release: () => void) => Promise<T>): Promise<T> {
    let isWaiting = true;
    const leaveQueue = () => {
      if (!isWaiting) return;
      isWaiting = false;
      this.#waiting -= 1;
      this.#changed();
    };
    this.#waiting += 1;
    this.#changed();
    try {
      return await this.#pool.run({
        bytes,
        signal,
        work: (release) => {
          leaveQueue();
          return work(release);
        },
      });
    } finally {
      leaveQueue();
    }
  }
}

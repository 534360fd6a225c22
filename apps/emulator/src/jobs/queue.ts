/** Runs at most `width` tasks at once, in the order they came. */
export class Queue {
  readonly #width: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /**
   * Runs `task` once it is its turn.
   *
   * @throws what the task throws, or the reason of `signal` when it aborts before the turn came.
   */
  async run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#turn(signal);
    try {
      return await task();
    } finally {
      this.#running -= 1;
      const [next] = this.#waiting;
      next?.();
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running >= this.#width) {
      await new Promise<void>((resolve, reject) => {
        const leave = (): void => {
          this.#waiting.delete(enter);
          reject(signal.reason);
        };
        const enter = (): void => {
          this.#waiting.delete(enter);
          signal.removeEventListener('abort', leave);
          // Taken here and not after the promise: another could come in between.
          this.#running += 1;
          resolve();
        };
        this.#waiting.add(enter);
        signal.addEventListener('abort', leave, { once: true });
      });
    } else {
      this.#running += 1;
    }
  }
}

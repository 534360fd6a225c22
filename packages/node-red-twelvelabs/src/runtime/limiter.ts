/**
 * Lets at most `limit` holders in at once; the others wait in the order in which they came.
 * A queue library would hold a place until its task ends, while an upload gives its place back as soon
 * as the asset exists and only then waits for the platform, for minutes.
 */
export class Limiter {
  readonly limit: number;
  readonly #queue: (() => void)[] = [];
  readonly #listeners = new Set<() => void>();
  #active = 0;

  /** @param limit a whole number from 1. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** How many wait for a place. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Calls `listener` whenever the queue's length changes. @returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Waits for a place.
   * @returns what gives it back; calling that again does nothing.
   * @throws the signal's reason when it aborts while waiting.
   */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#active >= this.limit) await this.#wait(signal);
    else this.#active += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#release();
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(enter), 1);
        this.#changed();
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(enter);
      this.#changed();
    });
  }

  /** The place goes straight to the next in the queue, so that nobody slips in between. */
  #release(): void {
    const next = this.#queue.shift();
    if (!next) {
      this.#active -= 1;
      return;
    }
    this.#changed();
    next();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

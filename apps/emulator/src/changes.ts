/** Notifies listeners of changes, at most once per `ms`. */
export class Changes {
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Says that something changed. */
  readonly signal = (): void => {
    if (this.#listeners.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const listener of this.#listeners) listener();
    }, this.#ms).unref();
  };

  /** @returns a function that ends the listening. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Work that has been begun and not ended. */
export class InFlight {
  readonly #work = new Set<Promise<unknown>>();

  add(work: Promise<unknown>): void {
    const ended = (): boolean => this.#work.delete(work);
    this.#work.add(work);
    work.then(ended, ended);
  }

  /** Resolves once nothing is under way. */
  async ended(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}

import type { Clock } from './clock.ts';

/** The stages of an indexed asset, of tasks and of entities. Each takes its equal share of `processingMs`. */
export const stages = {
  index: ['pending', 'queued', 'indexing'],
  analyze: ['queued', 'pending', 'processing'],
  embed: ['processing'],
  entity: ['processing'],
} as const;

/**
 * Computes how far work has come from the emulator's clock alone: nothing runs in the background, so that a restart loses nothing
 * and moving the clock finishes it.
 */
export class Progress {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #onChange: () => void;
  #lastEnd = 0;

  /**
   * @param ms time from the beginning of something to its end.
   * @param onChange called when something reaches another stage.
   */
  constructor(clock: Clock, ms: number, onChange: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#onChange = onChange;
  }

  /** Something with `count` stages begins now. */
  begin(count: number): void {
    this.#lastEnd = this.#clock.now() + this.#ms;
    for (let stage = 1; stage <= count; stage += 1) {
      setTimeout(this.#onChange, (this.#ms * stage) / count).unref();
    }
  }

  /** The stage of something that began at `from`, and since when (milliseconds since the epoch). */
  at<S extends string, E extends string>(
    names: readonly S[],
    end: E,
    from: number,
  ): { status: S | E; since: number; isOver: boolean } {
    const passed = this.#clock.now() - from;
    const index = this.#ms === 0 ? names.length : Math.floor((passed * names.length) / this.#ms);
    const status = names[index];
    if (status === undefined) return { status: end, since: from + this.#ms, isOver: true };
    return { status, since: from + (index * this.#ms) / names.length, isOver: false };
  }

  /** Resolves once nothing is in progress. */
  async settled(): Promise<void> {
    await this.#clock.until(this.#lastEnd);
  }

  reset(): void {
    this.#lastEnd = 0;
  }
}

import { PlatformError } from './errors.ts';

/** Counts resets, so that what began before one stores nothing after it. */
export class Resets {
  #count = 0;

  /** To be called before anything is forgotten: what is under way must not come in between. */
  begin(): void {
    this.#count += 1;
  }

  /** Marks the beginning of work. @returns a function that returns whether a reset began since. */
  watch(): () => boolean {
    const before = this.#count;
    return () => this.#count !== before;
  }
}

/** The answer to a request whose work a reset overtook. */
export function overtaken(): PlatformError {
  return new PlatformError(
    500,
    'internal_server_error',
    'The emulator was reset while this request was under way; nothing of it was kept.',
  );
}

import { AbortedError } from '../errors/aborted-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import type { Clock } from '../ports.ts';
import { formatDuration } from '../text/format-duration.ts';
import { networkFailure } from './network-failure.ts';

/** Aborts a request when the caller cancels, or when nothing has moved for its idle timeout. */
export class Watchdog {
  #lastProgress: number;
  readonly #clock: Clock;
  readonly #ending = new AbortController();
  readonly #timer = new AbortController();
  readonly #release: () => void;
  readonly #isExempt: () => boolean;
  readonly #racing = new Set<(reason: unknown) => void>();

  /**
   * @param idleTimeout milliseconds
   * @param isExempt whether the request waits for something that has limits of its own
   */
  constructor(
    clock: Clock,
    caller: AbortSignal | undefined,
    what: string,
    idleTimeout: number,
    isExempt: () => boolean,
  ) {
    this.#isExempt = isExempt;
    this.#clock = clock;
    this.#lastProgress = clock.now();
    const cancel = () => this.#ending.abort(new AbortedError(what, caller?.reason));
    caller?.addEventListener('abort', cancel, { once: true });
    this.#release = () => caller?.removeEventListener('abort', cancel);
    this.signal.addEventListener('abort', () => {
      for (const fail of this.#racing) fail(this.signal.reason);
    });
    this.#watch(what, idleTimeout).catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  progress(): void {
    this.#lastProgress = this.#clock.now();
  }

  /** Rejects as soon as the request is aborted: transports and sources may be slow to notice the signal. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#racing.add(reject);
      work.then(resolve, reject).finally(() => this.#racing.delete(reject));
      if (this.signal.aborted) reject(this.signal.reason);
    });
  }

  /** The reason for the abort, or the error itself, in words that contain no header and no URL. */
  explain(error: unknown, url: string): TwelveLabsError {
    const known = this.signal.aborted ? this.signal.reason : error;
    return TwelveLabsError.is(known) ? known : networkFailure(known, url);
  }

  stop(): void {
    this.#timer.abort();
    this.#release();
  }

  async #watch(what: string, limit: number): Promise<void> {
    for (let left = limit; left > 0; left = this.#lastProgress + limit - this.#clock.now()) {
      await this.#clock.sleep(left, this.#timer.signal);
      if (this.#isExempt()) this.progress();
    }
    this.#ending.abort(
      new TimeoutError(`${what} made no progress for ${formatDuration(limit)}`, 'idle', limit, {
        hint: 'Check the network; for a link that pauses for long, raise the idle time limit.',
      }),
    );
  }
}

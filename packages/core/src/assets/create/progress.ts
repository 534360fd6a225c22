import type { Clock } from '../../ports.ts';
import type { Progress } from './options.ts';

/** Milliseconds between two reports. */
const INTERVAL = 250;

/** Passes progress on at most four times a second, and always at the end. */
export class ProgressReport {
  #sent = 0;
  #last = Number.NEGATIVE_INFINITY;
  #reported = -1;
  readonly #clock: Clock;
  readonly #total: number | undefined;
  readonly #report: (progress: Progress) => void;

  constructor(clock: Clock, total: number | undefined, report: (progress: Progress) => void) {
    this.#clock = clock;
    this.#total = total;
    this.#report = report;
  }

  /** @param sent bytes of the file so far; less than before when a part is sent again */
  set(sent: number): void {
    this.#sent = sent;
    const now = this.#clock.now();
    if (now - this.#last >= INTERVAL) this.#tell(now);
  }

  /** Reports the end, whatever was reported last. */
  end(): void {
    if (this.#total !== undefined) this.#sent = this.#total;
    if (this.#reported !== this.#sent) this.#tell(this.#clock.now());
  }

  #tell(now: number): void {
    this.#last = now;
    this.#reported = this.#sent;
    this.#report({ sent: this.#sent, total: this.#total });
  }
}

import { AbortedError } from '../errors/aborted-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import type { RetryEvent } from '../http/attempt.ts';
import type { Clock } from '../ports.ts';

export interface PoolLimits {
  /**
   * Tasks at once.
   * @default 64
   */
  readonly count?: number | undefined;
  /**
   * Bytes of all tasks at once. A task with more than that runs when no other one has any.
   * @default 67_108_864
   */
  readonly bytes?: number | undefined;
  /** Called whenever the number of waiting tasks changes. */
  readonly onWaiting?: ((waiting: number) => void) | undefined;
}

export interface PoolTask<T> {
  /** Bytes that this task keeps moving while it runs. 0 when unknown or none. */
  readonly bytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @param release gives the place back early: for a task that from here on only waits for the platform */
  work(release: () => void): Promise<T>;
}

const DEFAULTS = { count: 64, bytes: 64 * 1024 ** 2 };

/**
 * Runs many tasks side by side, as many as fit into a number of bytes and a number of places, in the order in which they
 * came. Both hosts run items and messages through one: small files go in parallel, large ones one by one.
 */
export class Pool {
  readonly #clock: Clock;
  readonly #count: number;
  readonly #bytes: number;
  readonly #onWaiting: (waiting: number) => void;
  readonly #queue: { readonly bytes: number; start(): void }[] = [];
  #runningCount = 0;
  #runningBytes = 0;
  #opensAt = 0;
  #waiting = 0;

  constructor(
    clock: Clock,
    { count = DEFAULTS.count, bytes = DEFAULTS.bytes, onWaiting = () => undefined }: PoolLimits = {},
  ) {
    this.#clock = clock;
    this.#count = count;
    this.#bytes = bytes;
    this.#onWaiting = onWaiting;
  }

  /** How many tasks wait for a place, or for the end of a rate limit. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Runs a task as soon as there is room.
   * @throws {AbortedError} when its signal aborts before that
   */
  async run<T>({ bytes = 0, signal, work }: PoolTask<T>): Promise<T> {
    const size = Math.min(bytes, this.#bytes);
    let isHeld = false;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      this.#runningCount--;
      this.#runningBytes -= size;
      this.#startNext();
    };
    try {
      const waits = this.#queue.length > 0 || !this.#hasRoom(size) || this.#clock.now() < this.#opensAt;
      if (waits) this.#countWaiting(1);
      try {
        await this.#place(size, signal);
        isHeld = true;
        await this.#open(signal);
      } finally {
        if (waits) this.#countWaiting(-1);
      }
      return await work(release);
    } finally {
      release();
    }
  }

  /**
   * For `onRetry` of the tasks: when the platform limits one of them, no other one starts before it would be refused as
   * well.
   */
  readonly onRetry = ({ error, delay }: Pick<RetryEvent, 'error' | 'delay'>): void => {
    if (error instanceof RateLimitError) this.#opensAt = Math.max(this.#opensAt, this.#clock.now() + delay);
  };

  #countWaiting(change: 1 | -1): void {
    this.#waiting += change;
    this.#onWaiting(this.#waiting);
  }

  #place(bytes: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(entry), 1);
        reject(new AbortedError('Waiting for a place', signal?.reason));
        this.#startNext();
      };
      const entry = {
        bytes,
        start: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#queue.push(entry);
      if (signal?.aborted) return leave();
      signal?.addEventListener('abort', leave, { once: true });
      this.#startNext();
    });
  }

  #startNext(): void {
    for (let next = this.#queue[0]; next && this.#hasRoom(next.bytes); next = this.#queue[0]) {
      this.#queue.shift();
      this.#runningCount++;
      this.#runningBytes += next.bytes;
      next.start();
    }
  }

  #hasRoom(bytes: number): boolean {
    return this.#runningCount < this.#count && this.#runningBytes + bytes <= this.#bytes;
  }

  /** Waits until the platform's limit is over, which may move while waiting. */
  async #open(signal: AbortSignal | undefined): Promise<void> {
    for (let left = this.#opensAt - this.#clock.now(); left > 0; left = this.#opensAt - this.#clock.now()) {
      await this.#clock.sleep(left, signal).catch((cause: unknown) => {
        throw new AbortedError('Waiting for the rate limit', cause);
      });
    }
  }
}

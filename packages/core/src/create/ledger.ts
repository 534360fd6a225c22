import { AbortedError } from '../errors/aborted-error.ts';

/** Ids kept at most; only those of the last minutes can be mistaken for another call's. */
const MAX_CLAIMS = 10_000;

interface Place {
  /** Calls whose request is on its way. */
  sending: number;
  /** Calls that lost their answer and look, or wait to look. */
  looking: number;
  /** Whether one of them is looking right now. */
  busy: boolean;
  readonly waiting: (() => void)[];
}

/**
 * Keeps creates of one process apart that look the same on the platform: same method, name and size. A call that
 * lost its answer looks for its asset only while no equal one is on its way, and takes only what no other call has
 * got: two equal uploads end as two assets, and an asset is never given to two calls.
 */
export class CreateLedger {
  readonly #claims = new Set<string>();
  readonly #places = new Map<string, Place>();

  isClaimed(assetId: string): boolean {
    return this.#claims.has(assetId);
  }

  /** Notes that an asset is the result of a call of this process. */
  claim(assetId: string): void {
    this.#claims.add(assetId);
    if (this.#claims.size <= MAX_CLAIMS) return;
    const oldest = this.#claims.values().next();
    if (!oldest.done) this.#claims.delete(oldest.value);
  }

  /** Runs `work` (one request) beside others of the same identity, but not while one of them looks. */
  async whileSending<T>(
    identity: string,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const place = this.#enter(identity);
    await this.#until(identity, place, signal, () => place.looking === 0);
    place.sending++;
    try {
      return await work();
    } finally {
      place.sending--;
      this.#left(identity, place);
    }
  }

  /** Runs `work` (a look) alone among those of the same identity; it is told how many calls are looking. */
  async whileLooking<T>(
    identity: string,
    signal: AbortSignal | undefined,
    work: (looking: () => number) => Promise<T>,
  ): Promise<T> {
    const place = this.#enter(identity);
    place.looking++;
    let mine = false;
    try {
      await this.#until(identity, place, signal, () => place.sending === 0 && !place.busy);
      place.busy = mine = true;
      return await work(() => place.looking);
    } finally {
      place.looking--;
      if (mine) place.busy = false;
      this.#left(identity, place);
    }
  }

  #enter(identity: string): Place {
    let place = this.#places.get(identity);
    if (!place) {
      place = { sending: 0, looking: 0, busy: false, waiting: [] };
      this.#places.set(identity, place);
    }
    return place;
  }

  #left(identity: string, place: Place): void {
    for (const wake of place.waiting.splice(0)) wake();
    if (place.sending === 0 && place.looking === 0 && place.waiting.length === 0)
      this.#places.delete(identity);
  }

  async #until(
    identity: string,
    place: Place,
    signal: AbortSignal | undefined,
    free: () => boolean,
  ): Promise<void> {
    while (!free()) {
      if (signal?.aborted) throw new AbortedError('Waiting for an equal upload', signal.reason);
      await new Promise<void>((wake) => {
        const done = () => {
          signal?.removeEventListener('abort', done);
          wake();
        };
        signal?.addEventListener('abort', done, { once: true });
        place.waiting.push(done);
      });
      // The place may have been given up while everyone slept.
      if (!this.#places.has(identity)) this.#places.set(identity, place);
    }
  }
}

/** Shared by the clients of a process: hosts make a client for each run. */
export const sharedLedger = new CreateLedger();

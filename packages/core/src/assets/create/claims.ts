import { AbortedError } from '../../errors/aborted-error.ts';

/** Ids kept at most; only those of the last minutes can be mistaken for another call's. */
const MAX_CLAIMS = 10_000;

interface Place {
  /** Calls that are here, sending, looking or waiting. */
  present: number;
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

  /** Notes that an asset is the result of a call: no other call takes it for its own. */
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
    return this.#at(identity, async (place) => {
      await until(place, signal, () => {
        if (place.looking > 0) return false;
        place.sending++;
        return true;
      });
      try {
        return await work();
      } finally {
        place.sending--;
      }
    });
  }

  /** Runs `work` (a look) alone among those of the same identity; it can ask how many calls are looking. */
  async whileLooking<T>(
    identity: string,
    signal: AbortSignal | undefined,
    work: (looking: () => number) => Promise<T>,
  ): Promise<T> {
    return this.#at(identity, async (place) => {
      place.looking++;
      try {
        await until(place, signal, () => {
          if (place.sending > 0 || place.busy) return false;
          place.busy = true;
          return true;
        });
        try {
          return await work(() => place.looking);
        } finally {
          place.busy = false;
        }
      } finally {
        place.looking--;
      }
    });
  }

  async #at<T>(identity: string, visit: (place: Place) => Promise<T>): Promise<T> {
    const place = this.#places.get(identity) ?? {
      present: 0,
      sending: 0,
      looking: 0,
      busy: false,
      waiting: [],
    };
    this.#places.set(identity, place);
    place.present++;
    try {
      return await visit(place);
    } finally {
      place.present--;
      if (place.present === 0) this.#places.delete(identity);
      for (const wake of place.waiting.splice(0)) wake();
    }
  }
}

/** Waits until `take`, which checks and takes in one step, has taken the place. */
async function until(place: Place, signal: AbortSignal | undefined, take: () => boolean): Promise<void> {
  while (!take()) {
    if (signal?.aborted) throw new AbortedError('Waiting for an equal upload', signal.reason);
    await new Promise<void>((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake, { once: true });
      place.waiting.push(wake);
    });
  }
}

/** Shared by the clients of a process: hosts make a client for each run. */
export const sharedLedger = new CreateLedger();

import { AbortedError } from '../errors/aborted-error.ts';

interface Slot {
  /** Calls that run, search or wait here. */
  present: number;
  sharing: number;
  /** Calls that have the slot for themselves, or wait for that. */
  excluding: number;
  isExclusive: boolean;
  readonly waiting: (() => void)[];
}

/** A lock for each key: shared by any number of calls, or exclusive to one. Those that ask for it alone go first. */
export class KeyedLock {
  readonly #slots = new Map<string, Slot>();

  /** Runs `work` beside other shared work of the same key. */
  shared<T>(key: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return this.#at(key, async (slot) => {
      await takeTurn(slot, signal, () => {
        if (slot.excluding > 0) return false;
        slot.sharing++;
        return true;
      });
      try {
        return await work();
      } finally {
        slot.sharing--;
      }
    });
  }

  /** Runs `work` alone among that of the same key; it can ask how many calls want the same. */
  exclusive<T>(
    key: string,
    signal: AbortSignal | undefined,
    work: (waiting: () => number) => Promise<T>,
  ): Promise<T> {
    return this.#at(key, async (slot) => {
      slot.excluding++;
      try {
        await takeTurn(slot, signal, () => {
          if (slot.sharing > 0 || slot.isExclusive) return false;
          slot.isExclusive = true;
          return true;
        });
        try {
          return await work(() => slot.excluding);
        } finally {
          slot.isExclusive = false;
        }
      } finally {
        slot.excluding--;
      }
    });
  }

  async #at<T>(key: string, visit: (slot: Slot) => Promise<T>): Promise<T> {
    const slot = this.#slots.get(key) ?? {
      present: 0,
      sharing: 0,
      excluding: 0,
      isExclusive: false,
      waiting: [],
    };
    this.#slots.set(key, slot);
    slot.present++;
    try {
      return await visit(slot);
    } finally {
      slot.present--;
      if (slot.present === 0) this.#slots.delete(key);
      for (const wake of slot.waiting.splice(0)) wake();
    }
  }
}

/** Waits until `take`, which checks and takes in one step, has taken the slot. */
async function takeTurn(slot: Slot, signal: AbortSignal | undefined, take: () => boolean): Promise<void> {
  while (!take()) {
    if (signal?.aborted) throw new AbortedError('Waiting for an equal call', signal.reason);
    await new Promise<void>((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake, { once: true });
      slot.waiting.push(wake);
    });
  }
}

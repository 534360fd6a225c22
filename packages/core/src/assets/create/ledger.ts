import { KeyedLock } from '../../http/keyed-lock.ts';

/** Ids kept at most; only those of the last minutes can be mistaken for another call's. */
const MAX_CLAIMS = 10_000;

/**
 * Keeps concurrent creates in this process apart when the platform could not tell their assets apart: same method,
 * name and size. Two equal uploads end as two assets, and an asset is never the result of two calls.
 */
export class CreateLedger {
  /** Requests share it; a search for an asset whose answer was lost, and a create with a key, have it alone. */
  readonly lock = new KeyedLock();
  readonly #claims = new Set<string>();

  isClaimed(assetId: string): boolean {
    return this.#claims.has(assetId);
  }

  /** Records that an asset is the result of a call: no other call takes it for its own. */
  claim(assetId: string): void {
    this.#claims.add(assetId);
    if (this.#claims.size <= MAX_CLAIMS) return;
    const oldest = this.#claims.values().next();
    if (!oldest.done) this.#claims.delete(oldest.value);
  }
}

/** Shared by the clients of a process: hosts make a client for each run. */
export const sharedLedger = new CreateLedger();

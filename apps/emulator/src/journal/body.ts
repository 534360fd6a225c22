import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

/** Decides about each piece of a body before it goes on; may wait, or never call back. */
export type BodyHook = (received: number, proceed: () => void) => void;

/**
 * Passes a request body through, counting and hashing it. `onPiece` and `beforeEnd` are where faults act.
 */
export class MeteredBody extends Transform {
  readonly #hash = createHash('sha256');
  readonly #onPiece: BodyHook | undefined;
  readonly #beforeEnd: BodyHook | undefined;
  #size = 0;
  #complete = false;

  constructor(onPiece?: BodyHook, beforeEnd?: BodyHook) {
    super();
    this.#onPiece = onPiece;
    this.#beforeEnd = beforeEnd;
  }

  /** What has come so far. The hash is there once all has. */
  summary(): { size: number; sha256: string | null; complete: boolean } {
    return {
      size: this.#size,
      sha256: this.#complete ? this.#hash.copy().digest('hex') : null,
      complete: this.#complete,
    };
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.#size += chunk.length;
    this.#hash.update(chunk);
    if (this.#onPiece === undefined) callback(null, chunk);
    else this.#onPiece(this.#size, () => callback(null, chunk));
  }

  override _flush(callback: TransformCallback): void {
    this.#complete = true;
    if (this.#beforeEnd === undefined) callback();
    else this.#beforeEnd(this.#size, () => callback());
  }
}

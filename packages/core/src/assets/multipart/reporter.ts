import { ApiError } from '../../errors/api-error.ts';
import type { CallContext } from '../../http/call.ts';
import { type CompletedChunk, reportChunks } from './endpoints.ts';
import { throwExplained } from './session.ts';

/**
 * Reports completed chunks, one request at a time: what completes meanwhile goes into the next one. A worker waits for
 * its report before it sends another chunk, so that after a crash each sends at most one chunk again.
 */
export class Reporter {
  #pending: CompletedChunk[] = [];
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  readonly #rejected: number[] = [];
  readonly #context: CallContext;
  readonly #uploadId: string;

  constructor(context: CallContext, uploadId: string) {
    this.#context = context;
    this.#uploadId = uploadId;
  }

  /** Resolves when the platform has this chunk on record. */
  add(chunk: CompletedChunk): Promise<void> {
    this.#pending.push(chunk);
    this.#next ??= this.#last
      .catch(() => undefined)
      .then(() => {
        const batch = this.#pending;
        this.#pending = [];
        this.#next = undefined;
        this.#last = this.#report(batch);
        return this.#last;
      });
    return this.#next;
  }

  /** Chunks whose proof the platform refused since the last call: they have to be sent again. */
  takeRejected(): number[] {
    return this.#rejected.splice(0);
  }

  async #report(completed_chunks: CompletedChunk[]): Promise<void> {
    const upload_id = this.#uploadId;
    try {
      await reportChunks.send(this.#context, { upload_id, completed_chunks });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 400)
        return throwExplained(this.#context, upload_id, error);
      // The platform does not say which chunk of a batch it refuses: one by one it does.
      const [only] = completed_chunks;
      if (!only || completed_chunks.length > 1) {
        for (const chunk of completed_chunks) await this.#report([chunk]);
        return;
      }
      await throwExplained(this.#context, upload_id, error).catch((explained: unknown) => {
        if (explained !== error) throw explained;
        this.#rejected.push(only.chunk_index);
      });
    }
  }
}

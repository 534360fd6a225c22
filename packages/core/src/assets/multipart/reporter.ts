import { ApiError } from '../../errors/api-error.ts';
import type { CallContext } from '../../http/call.ts';
import { type CompletedChunk, reportChunks } from './endpoints.ts';
import { throwExplained } from './session.ts';

/** Small enough that little is sent again after a crash, large enough to cost few requests. */
const BATCH = 8;

/** Reports completed chunks in batches, one request at a time. */
export class Reporter {
  #pending: CompletedChunk[] = [];
  #reporting: Promise<void> = Promise.resolve();
  readonly #rejected: number[] = [];
  readonly #context: CallContext;
  readonly #uploadId: string;

  constructor(context: CallContext, uploadId: string) {
    this.#context = context;
    this.#uploadId = uploadId;
  }

  async add(chunk: CompletedChunk): Promise<void> {
    this.#pending.push(chunk);
    if (this.#pending.length >= BATCH) await this.flush();
  }

  /** Reports what is left. */
  flush(): Promise<void> {
    const batch = this.#pending;
    this.#pending = [];
    this.#reporting = this.#reporting.then(() => (batch.length > 0 ? this.#report(batch) : undefined));
    return this.#reporting;
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

import type { RequestBody, StreamOptions } from '../../ports.ts';

/** What is known about a body during and after the request. */
export class BodyTracker {
  /** Bytes taken by the transport. */
  taken = 0;
  /** Whether the transport took all of it: from then on the platform may have acted on it. */
  complete = false;
  /** Whether the next bytes are awaited from the source: its own limits apply then, not those of the connection. */
  isReading = false;
  /** What the source threw; the transport's own error only follows from it. */
  failure: unknown;
  readonly body: RequestBody;
  #open = new Set<AsyncIterator<Uint8Array>>();

  constructor(body: RequestBody, onBytes: (bytes: number) => void) {
    const tracker = this;
    this.body = {
      size: body.size,
      type: body.type,
      [Symbol.toStringTag]: 'Blob',
      async *stream(options?: StreamOptions) {
        tracker.taken = 0;
        const bytes = body.stream(options)[Symbol.asyncIterator]();
        tracker.#open.add(bytes);
        try {
          const read = async () => {
            tracker.isReading = true;
            try {
              return await bytes.next();
            } finally {
              tracker.isReading = false;
            }
          };
          for (let next = await read(); !next.done; next = await read()) {
            tracker.taken += next.value.byteLength;
            onBytes(next.value.byteLength);
            // Set before the last bytes leave: a transport that knows the length may never ask again.
            if (tracker.taken === body.size) tracker.complete = true;
            yield next.value;
          }
          // Ended by `close`: less than promised must not pass for all of it, or the server would wait for the rest.
          if (!tracker.#open.has(bytes))
            throw new Error('The request has ended: its body is no longer needed');
          tracker.complete = true;
        } catch (error) {
          tracker.failure = error;
          throw error;
        } finally {
          await tracker.#close(bytes);
        }
      },
    };
  }

  /** Ends streams that the transport left open: some hosts do so after an early answer. */
  async close(): Promise<void> {
    await Promise.all([...this.#open].map((bytes) => this.#close(bytes)));
  }

  async #close(bytes: AsyncIterator<Uint8Array>): Promise<void> {
    if (this.#open.delete(bytes)) await bytes.return?.();
  }
}

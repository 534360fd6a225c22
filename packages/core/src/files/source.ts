import type { ByteStream, FileSource, StreamOptions } from '../ports.ts';
import { unreadable } from './unreadable.ts';

/** Bytes in pieces. `return` closes the source at once, also while a read is pending. */
export type Bytes = AsyncIterableIterator<Uint8Array, undefined, undefined> & {
  return(): Promise<IteratorResult<Uint8Array, undefined>>;
};

/** Reads a web stream, a Node.js stream or any async iterable alike. */
export function bytesOf(stream: ByteStream): Bytes {
  const { next, close } = 'getReader' in stream ? webReader(stream) : iteratorOf(stream);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next,
    async return() {
      await close();
      return { done: true, value: undefined };
    },
  };
}

function webReader(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? ({ done, value: undefined } as const) : { done, value };
    },
    close: () => reader.cancel(),
  };
}

/** An async generator queues its end behind a read that hangs; a Node.js stream, which is read by one, can be destroyed. */
function iteratorOf(stream: AsyncIterable<Uint8Array> & { destroy?: unknown }) {
  const iterator = stream[Symbol.asyncIterator]();
  return {
    next: async () => {
      const { done, value } = await iterator.next();
      return done ? ({ done, value: undefined } as const) : { done: false as const, value };
    },
    close: async () => {
      if (typeof stream.destroy === 'function') stream.destroy();
      await iterator.return?.();
    },
  };
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const all = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return all;
}

/** A source whose first bytes were read. */
export interface PeekedSource {
  /** At least the bytes that were asked for, or all of the file. */
  readonly head: Uint8Array;
  /** The source to go on with. Its first stream goes on with the one that was begun. */
  readonly file: FileSource;
  /** Closes the stream that was begun, when the source is not read on. */
  close(): Promise<void>;
}

/**
 * Reads the first `bytes` bytes of a source (all of them if it is shorter), which then need not be read a second time:
 * a stream that was begun is gone on with. A source that can seek is asked for that range only.
 * A source of unknown size that turns out to end within them gets its size, and can be sent again.
 */
export async function peek(file: FileSource, bytes: number): Promise<PeekedSource> {
  if (file.size === 0) return { head: new Uint8Array(0), file, close: async () => undefined };
  const reader = bytesOf((file.slice?.(0, bytes) ?? file).stream());
  let begun = false;
  const close = async () => {
    const closing = reader.return();
    // Whoever reads on may wait for a source that stalls; an end of its own must not wait with it.
    if (begun) closing.catch(() => undefined);
    else await closing;
  };
  const chunks: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  try {
    while (length < bytes) {
      const next = await reader.next();
      ended = next.done === true;
      if (next.done) break;
      chunks.push(next.value);
      length += next.value.byteLength;
    }
  } catch (error) {
    await close();
    throw unreadable(error);
  }
  const head = concat(chunks);
  if (file.slice) {
    await close();
    return { head, file, close };
  }
  if (ended && file.size === undefined) return { head, file: inMemory(file, head), close };
  const stream = (options?: StreamOptions) => {
    if (begun) return file.stream(options);
    begun = true;
    return resume(chunks, reader);
  };
  return { head, file: { ...described(file), stream }, close };
}

async function* resume(chunks: Uint8Array[], rest: Bytes): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks.splice(0);
    yield* rest;
  } finally {
    await rest.return();
  }
}

function inMemory(file: FileSource, bytes: Uint8Array): FileSource {
  const { oneShot: _, ...rest } = described(file);
  const from = (start: number, end: number) => ({
    async *stream() {
      if (end > start) yield bytes.subarray(start, end);
    },
  });
  return { ...rest, size: bytes.byteLength, slice: from, stream: from(0, bytes.byteLength).stream };
}

function described({ name, size, type, oneShot }: FileSource) {
  return { name, size, type, oneShot };
}

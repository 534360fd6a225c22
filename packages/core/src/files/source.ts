import { HEAD_BYTES } from '../media/signatures.ts';
import type { ByteStream, FileSource } from '../ports.ts';
import { unreadable } from './unreadable.ts';

/** Reads a web stream or an async iterable alike; ending early closes the source. */
export async function* bytesOf(stream: ByteStream): AsyncGenerator<Uint8Array> {
  if (Symbol.asyncIterator in stream) {
    yield* stream as AsyncIterable<Uint8Array>;
    return;
  }
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
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

/** A source whose first bytes were read; what was taken from a one-shot stream is given back to it. */
export interface PeekedSource {
  readonly head: Uint8Array;
  readonly file: FileSource;
}

/**
 * Reads at least the first `bytes` bytes (all of them if the file is shorter) without losing any.
 * A source of unknown size that turns out to end within them gets its size, and can be sent again.
 */
export async function peek(file: FileSource, bytes: number = HEAD_BYTES): Promise<PeekedSource> {
  const reader = bytesOf((file.slice?.(0, bytes) ?? file).stream());
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
    await reader.return(undefined);
    throw unreadable(error);
  }
  const head = concat(chunks);
  if (ended && file.size === undefined && !file.slice) return { head, file: inMemory(file, head) };
  if (!file.oneShot) {
    await reader.return(undefined);
    return { head, file };
  }
  return { head, file: { ...described(file), stream: () => resume(chunks, reader) } };
}

async function* resume(chunks: Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks.splice(0);
    yield* rest;
  } finally {
    await rest.return(undefined);
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

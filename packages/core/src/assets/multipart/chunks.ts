import { FileReadError } from '../../errors/file-read-error.ts';
import { bytesOf } from '../../files/source.ts';
import { exactly } from '../../http/bodies/form.ts';
import type { FileSource, RequestBody } from '../../ports.ts';

/** One chunk of the file, ready to be sent any number of times. */
export interface Chunk {
  /** From 1, as the platform counts. */
  readonly index: number;
  /** Bytes. */
  readonly size: number;
  body(type: string): RequestBody;
  /** Says that the platform has it: its memory goes to a later chunk, and `body` must not be read again. */
  release(): void;
}

export interface Cut {
  /** Bytes of the file. */
  readonly size: number;
  readonly chunkSize: number;
  readonly totalChunks: number;
}

/**
 * The chunks that are still to be sent, in order. A source that can seek is streamed range by range; one that can't is
 * read once from its start, and a chunk is in memory from when it is asked for until it is released.
 */
export function chunksOf(
  file: FileSource,
  cut: Cut,
  isDone: (index: number) => boolean,
): AsyncGenerator<Chunk> {
  return file.slice
    ? seek(file as Required<Pick<FileSource, 'slice'>>, cut, isDone)
    : readThrough(file, cut, isDone);
}

async function* seek(
  file: Required<Pick<FileSource, 'slice'>>,
  cut: Cut,
  isDone: (index: number) => boolean,
): AsyncGenerator<Chunk> {
  for (let index = 1; index <= cut.totalChunks; index++) {
    if (isDone(index)) continue;
    const start = (index - 1) * cut.chunkSize;
    const size = Math.min(cut.chunkSize, cut.size - start);
    yield {
      index,
      size,
      body: (type) =>
        blob(size, type, (options) => exactly(size, file.slice(start, start + size).stream(options))),
      release: () => undefined,
    };
  }
}

async function* readThrough(
  file: FileSource,
  cut: Cut,
  isDone: (index: number) => boolean,
): AsyncGenerator<Chunk> {
  const source = bytesOf(file.stream());
  const free: Uint8Array[] = [];
  let rest: Uint8Array = new Uint8Array(0);
  try {
    for (let index = 1; index <= cut.totalChunks; index++) {
      const size = Math.min(cut.chunkSize, cut.size - (index - 1) * cut.chunkSize);
      const buffer = isDone(index)
        ? undefined
        : (free.pop() ?? new Uint8Array(Math.min(cut.chunkSize, cut.size)));
      for (let filled = 0; filled < size; ) {
        if (rest.byteLength === 0) {
          const next = await source.next();
          if (next.done) throw new FileReadError('shrank while it was read');
          rest = next.value;
        }
        const part = rest.subarray(0, size - filled);
        buffer?.set(part, filled);
        filled += part.byteLength;
        rest = rest.subarray(part.byteLength);
      }
      if (!buffer) continue;
      const bytes = buffer.subarray(0, size);
      yield {
        index,
        size,
        body: (type) => blob(size, type, () => pieces(bytes)),
        release: () => void free.push(buffer),
      };
    }
    if (rest.byteLength > 0 || !(await source.next()).done) throw new FileReadError('grew while it was read');
  } finally {
    await source.return(undefined);
  }
}

/** Small enough that progress is seen while a chunk is on its way. */
const PIECE_BYTES = 256 * 1024;

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += PIECE_BYTES)
    yield bytes.subarray(start, start + PIECE_BYTES);
}

function blob(size: number, type: string, stream: RequestBody['stream']): RequestBody {
  return { size, type, stream, [Symbol.toStringTag]: 'Blob' };
}

import { AbortedError } from '../errors/aborted-error.ts';
import { FileReadError } from '../errors/file-read-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { ByteStream, Clock, FileSource, StreamOptions } from '../ports.ts';
import { formatDuration } from '../text/format-duration.ts';
import { shapeOf } from '../validation/shape.ts';
import { asBytes } from './bytes.ts';
import { type Bytes, bytesOf } from './source.ts';

/** What reading a file must not outlast. */
export interface ReadLimits {
  readonly signal?: AbortSignal | undefined;
  /** With `idleTimeout`: a read that takes longer ends the stream. */
  readonly clock?: Clock | undefined;
  /** Milliseconds. */
  readonly idleTimeout?: number | undefined;
}

/**
 * The same file, of which every read ends when the caller cancels or when its bytes stop coming: the source is closed,
 * and the reader gets an {@link AbortedError} or a {@link TimeoutError} at once, however long the source may hang.
 */
export function limited(file: FileSource, limits: ReadLimits): FileSource {
  const { name, size, type, oneShot } = file;
  const from = (source: { stream(options?: StreamOptions): ByteStream }) => ({
    stream: (options?: StreamOptions) => read(() => bytesOf(source.stream(options)), limits),
  });
  const { slice } = file;
  return {
    name,
    size,
    type,
    oneShot,
    ...from(file),
    ...(slice ? { slice: (start, end) => from(slice.call(file, start, end)) } : {}),
  };
}

function read(
  open: () => Bytes,
  { signal, clock, idleTimeout }: ReadLimits,
): AsyncIterableIterator<Uint8Array, undefined, undefined> {
  let bytes: Bytes | undefined;
  const timer = new AbortController();
  let waiting: { readonly since: number; fail(reason: unknown): void } | undefined;
  let isOver = false;

  const close = async () => {
    if (isOver) return;
    isOver = true;
    timer.abort();
    signal?.removeEventListener('abort', cancel);
    await bytes?.return();
  };
  const end = (error: Error) => {
    const { fail } = waiting ?? {};
    // Not awaited: a source that hangs must not delay the reader.
    close().catch(() => undefined);
    fail?.(error);
  };
  const cancel = () => end(new AbortedError('Reading the file', signal?.reason));
  const watch = async (clock: Clock, limit: number) => {
    for (let left = limit; left > 0; left = waiting ? waiting.since + limit - clock.now() : limit)
      await clock.sleep(left, timer.signal);
    end(
      new TimeoutError(`Reading the file made no progress for ${formatDuration(limit)}`, 'idle', limit, {
        hint: 'Check where the file comes from; for a source that pauses for long, raise the idle time limit.',
      }),
    );
  };
  // A source may fail where it is opened as well, and what it gives is not always bytes.
  const nextPiece = async () => {
    bytes ??= open();
    const next = await bytes.next();
    return next.done ? next : { done: false as const, value: pieceOf(next.value) };
  };
  signal?.addEventListener('abort', cancel, { once: true });
  if (clock && idleTimeout !== undefined) watch(clock, idleTimeout).catch(() => undefined);

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (signal?.aborted) cancel();
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new AbortedError('Reading the file', signal.reason));
        if (isOver) return resolve({ done: true, value: undefined });
        waiting = { since: clock?.now() ?? 0, fail: reject };
        nextPiece().then(
          (next) => {
            waiting = undefined;
            resolve(next);
            if (next.done) close().catch(() => undefined);
          },
          (error: unknown) => {
            waiting = undefined;
            reject(error);
            close().catch(() => undefined);
          },
        );
      });
    },
    async return() {
      await close();
      return { done: true, value: undefined };
    },
  };
}

function pieceOf(value: unknown): Uint8Array {
  const piece = value instanceof Uint8Array ? value : asBytes(value);
  if (piece) return piece;
  const hint = 'Read the file as bytes: a text that was decoded is not what was in it.';
  throw new FileReadError(`gave no bytes, but: ${shapeOf(value)}`, { hint });
}

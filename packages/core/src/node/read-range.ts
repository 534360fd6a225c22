import type { FileHandle } from 'node:fs/promises';
import type { StreamOptions } from '../ports.ts';

/** Bytes read at a time: Node's own 64 KiB cost several times the CPU time. Measured by `pnpm bench`. */
const READ_SIZE = 1024 ** 2;

/**
 * Bytes given at a time. Larger pieces gain nothing, and a slow connection is seen to move only when it has taken a
 * whole one.
 */
const PIECE_SIZE = 512 * 1024;

/**
 * The bytes from `start` to `end`, read ahead of what is being sent. With `reuse` two buffers take turns: fresh ones
 * cost more in garbage collection than the reading itself.
 */
export async function* readRange(
  handle: FileHandle,
  start: number,
  end: number,
  { reuse = false }: StreamOptions = {},
): AsyncGenerator<Uint8Array> {
  const spare: Uint8Array[] = [];
  const readAt = (position: number) => {
    const length = Math.min(READ_SIZE, end - position);
    const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(length);
    const reading = handle.read(buffer, 0, length, position);
    // Looked at later, or not at all when the reader leaves.
    reading.catch(() => undefined);
    return reading;
  };
  let ahead = start < end ? readAt(start) : undefined;
  try {
    for (let position = start; ahead; ) {
      const { bytesRead, buffer } = await ahead;
      position += bytesRead;
      // An end before `end` is for the caller to notice: it knows what the file was said to hold.
      ahead = bytesRead > 0 && position < end ? readAt(position) : undefined;
      for (let at = 0; at < bytesRead; at += PIECE_SIZE)
        yield buffer.subarray(at, Math.min(at + PIECE_SIZE, bytesRead));
      // A short piece may still be in the socket's buffer when the next one is asked for: see the transport.
      if (reuse && bytesRead === READ_SIZE) spare.push(buffer);
    }
  } finally {
    await ahead?.catch(() => undefined);
  }
}

import type { FileHandle } from 'node:fs/promises';
import type { StreamOptions } from '../ports.ts';

/**
 * Bytes read at a time. Node's own 64 KiB cost several times the CPU time; more than this gains nothing.
 * Measured by `pnpm bench`.
 */
export const READ_SIZE = 512 * 1024;

/**
 * The bytes from `start` to `end`, read one piece ahead. With `reuse` two buffers take turns: a fresh one for each
 * piece costs more in garbage collection than the reading itself.
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
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      // A short piece may still be in the socket's buffer when the next one is asked for: see the transport.
      if (reuse && bytesRead === READ_SIZE) spare.push(buffer);
    }
  } finally {
    await ahead?.catch(() => undefined);
  }
}

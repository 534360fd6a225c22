import { ValidationError } from '../errors/validation-error.ts';
import type { FileSource } from '../ports.ts';
import { shapeOf } from '../validation/shape.ts';
import { asBytes } from './bytes.ts';

/** Bytes passed on at a time: in one piece, an upload would show no progress until all of it was gone. */
const PIECE = 512 * 1024;

export interface BufferFileOptions {
  readonly name?: string | undefined;
  /** Media type. */
  readonly type?: string | undefined;
}

/**
 * A file that is in memory. Nothing is copied, so the bytes must not change while they are sent.
 * Takes what other realms made, such as the context of a script, and Buffers that went through JSON.
 * @throws {ValidationError} when `bytes` is nothing of that kind
 */
export function fileFromBuffer(
  bytes: ArrayBufferLike | ArrayBufferView,
  { name, type }: BufferFileOptions = {},
): FileSource {
  const all = asBytes(bytes);
  if (!all) {
    const message = 'must be a Buffer, a typed array or an ArrayBuffer';
    throw new ValidationError([{ field: 'file', rule: 'type', message, received: shapeOf(bytes) }]);
  }
  const piecesOf = (start: number, end: number) => ({
    async *stream() {
      for (let at = start; at < end; at += PIECE) yield all.subarray(at, Math.min(end, at + PIECE));
    },
  });
  return {
    name,
    type,
    size: all.byteLength,
    stream: piecesOf(0, all.byteLength).stream,
    slice: (start, end) => piecesOf(Math.max(0, start), Math.min(end, all.byteLength)),
  };
}

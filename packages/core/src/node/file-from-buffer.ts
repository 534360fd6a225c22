import { ValidationError } from '../errors/validation-error.ts';
import type { FileSource } from '../ports.ts';
import { shapeOf } from '../validation/shape.ts';

/** Bytes handed on at a time: in one piece, an upload would show no progress until all of it was gone. */
const PIECE = 512 * 1024;

export interface BufferFileOptions {
  readonly name?: string | undefined;
  /** Media type. */
  readonly type?: string | undefined;
}

/**
 * A file that is in memory. Nothing is copied: the bytes must not change while they are sent.
 * @throws {ValidationError} when `bytes` is neither an `ArrayBuffer` nor a view of one
 */
export function fileFromBuffer(
  bytes: ArrayBufferLike | ArrayBufferView,
  { name, type }: BufferFileOptions = {},
): FileSource {
  const all = viewOf(bytes);
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

function viewOf(bytes: unknown): Uint8Array {
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes instanceof ArrayBuffer || bytes instanceof SharedArrayBuffer) return new Uint8Array(bytes);
  const message = 'must be a Buffer, a typed array or an ArrayBuffer';
  throw new ValidationError([{ field: 'file', rule: 'type', message, received: shapeOf(bytes) }]);
}

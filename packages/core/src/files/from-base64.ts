import type { FileSource, StreamOptions } from '../ports.ts';
import { type Base64, BLOCK_BYTES, readBase64 } from './base64.ts';
import type { BufferFileOptions } from './from-bytes.ts';

/**
 * The bytes of a text in Base64, in any usual form: with line breaks, in the alphabet for URLs, without padding, as a
 * data URL.
 * @throws {ValidationError} when it is anything else
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const base64 = readBase64(text);
  const bytes = new Uint8Array(base64.size);
  for (let start = 0; start < bytes.byteLength; start += BLOCK_BYTES)
    base64.decode(start / BLOCK_BYTES, bytes.subarray(start, start + BLOCK_BYTES));
  return bytes;
}

/**
 * A file that is a text in Base64. The text is checked now and decoded block by block while it is sent, so that its bytes
 * are never in memory as a whole.
 * @param options the media type is that of the data URL by default
 * @throws {ValidationError} when the text is no Base64
 */
export function fileFromBase64(text: string, { name, type }: BufferFileOptions = {}): FileSource {
  const base64 = readBase64(text);
  const between = (start: number, end: number) => ({
    stream: (options?: StreamOptions) => bytesBetween(base64, start, end, options),
  });
  return {
    name,
    type: type ?? base64.type,
    size: base64.size,
    stream: between(0, base64.size).stream,
    slice: (start, end) => between(Math.max(0, start), Math.min(end, base64.size)),
  };
}

async function* bytesBetween(
  base64: Base64,
  start: number,
  end: number,
  { reuse = false }: StreamOptions = {},
): AsyncGenerator<Uint8Array> {
  let spare: Uint8Array | undefined;
  for (let block = Math.floor(start / BLOCK_BYTES); block * BLOCK_BYTES < end && start < end; block++) {
    const first = block * BLOCK_BYTES;
    const length = Math.min(BLOCK_BYTES, base64.size - first);
    const bytes = spare?.subarray(0, length) ?? new Uint8Array(length);
    base64.decode(block, bytes);
    const piece = bytes.subarray(Math.max(0, start - first), Math.min(length, end - first));
    yield piece;
    // A short piece may still be in the socket's buffer when the next one is asked for: see the transport.
    if (reuse && piece.byteLength === BLOCK_BYTES) spare = bytes;
  }
}

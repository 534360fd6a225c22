/**
 * Bytes from the start of a file that say what kind of file it is. The tracks of a container that can hold sound or
 * pictures mostly stand within them.
 */
export const HEAD_BYTES = 64 * 1024;

/** The bytes from `start` to `end` as characters of the same numbers. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 4_096)));
}

/** Whether `bytes` has `magic` at `offset`; a "?" in `magic` stands for any byte. */
export function hasAt(bytes: Uint8Array, magic: string, offset = 0): boolean {
  if (bytes.byteLength < offset + magic.length) return false;
  for (let index = 0; index < magic.length; index++) {
    if (magic[index] !== '?' && bytes[offset + index] !== magic.charCodeAt(index)) return false;
  }
  return true;
}

/** Where `magic` begins in `bytes`, from `from` on; -1 when it does not occur. */
export function find(bytes: Uint8Array, magic: string, from = 0): number {
  const first = magic.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (hasAt(bytes, magic, at)) return at;
  }
  return -1;
}

/**
 * An unsigned big-endian number of up to 8 bytes, exact up to 2^53, which is more than any file has bytes; `undefined`
 * where the bytes end before it does.
 */
export function uint(bytes: Uint8Array, offset: number, length: number): number | undefined {
  if (offset + length > bytes.byteLength) return undefined;
  let value = 0;
  for (let index = offset; index < offset + length; index++) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

const byteLengthOf = (buffer: { prototype: object }) => {
  const getter = Object.getOwnPropertyDescriptor(buffer.prototype, 'byteLength')?.get;
  // The getter looks at what the object is, not at whose class it was made by, and throws for anything else.
  return (value: unknown) => getter?.call(value) as number;
};
const BUFFERS = [byteLengthOf(ArrayBuffer), byteLengthOf(SharedArrayBuffer)];

/**
 * The bytes of a Buffer, a typed array or an ArrayBuffer, made in this realm or in another one (such as the `vm` context
 * of a script), or of a Buffer that went through JSON. Copies nothing but the last.
 * @returns `undefined` for anything else
 */
export function asBytes(value: unknown): Uint8Array | undefined {
  try {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (isBuffer(value)) return new Uint8Array(value);
  } catch {
    // Its memory was transferred to somebody else.
    return undefined;
  }
  return isBufferInJson(value) ? Uint8Array.from(value.data) : undefined;
}

function isBuffer(value: unknown): value is ArrayBufferLike {
  return BUFFERS.some((lengthOf) => {
    try {
      return lengthOf(value) >= 0;
    } catch {
      return false;
    }
  });
}

/** What `JSON.stringify` makes of a Buffer. */
function isBufferInJson(value: unknown): value is { readonly data: readonly number[] } {
  const { type, data } = (value ?? {}) as { type?: unknown; data?: unknown };
  return type === 'Buffer' && Array.isArray(data) && data.every(isByte);
}

function isByte(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

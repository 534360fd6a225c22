import type { RequestBody } from '../../ports.ts';

/** A value as a JSON body. */
export function jsonBody(value: unknown): RequestBody {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return {
    size: bytes.byteLength,
    type: 'application/json',
    async *stream() {
      yield bytes;
    },
    [Symbol.toStringTag]: 'Blob',
  };
}

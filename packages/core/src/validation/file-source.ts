import { z } from 'zod/v4';
import type { FileSource } from '../ports.ts';

const optionalOf = (valid: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || valid(value);
const isText = optionalOf((value) => typeof value === 'string');
const isMethod = optionalOf((value) => typeof value === 'function');
const isSize = optionalOf((value) => Number.isSafeInteger(value) && (value as number) >= 0);

export function isFileSource(value: unknown): value is FileSource {
  if (typeof value !== 'object' || value === null) return false;
  const { name, type, size, stream, slice } = value as Record<string, unknown>;
  return typeof stream === 'function' && isText(name) && isText(type) && isSize(size) && isMethod(slice);
}

/** A file that a caller gives. */
export const fileSource = z.custom<FileSource>(isFileSource, {
  error: 'must be a file: an object with stream(), and name, type and size where they are known',
});

import { UnexpectedResponseError } from '../../errors/unexpected-response-error.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import type { CreatedSession } from './endpoints.ts';

/** A chunk is kept in memory where the source cannot seek: a larger size is not believed. */
const MAX_CHUNK_BYTES = 256 * 1024 ** 2;
/** The most that object stores take. */
export const MAX_CHUNKS = 100_000;

/** Headers that belong to the connection, or that would carry a secret where none belongs. */
const FORBIDDEN_HEADERS =
  /^(host|connection|keep-alive|content-length|transfer-encoding|expect|upgrade|te|trailer|proxy-.*|cookie|x-api-key)$/i;

/**
 * Refuses a session that can't be: the numbers decide how the file is cut and how much memory is taken.
 * @throws {UnexpectedResponseError}
 */
export function checkSession(
  {
    chunk_size,
    total_chunks,
    upload_headers,
  }: Pick<CreatedSession, 'chunk_size' | 'total_chunks' | 'upload_headers'>,
  fileSize: number,
): void {
  const refuse = (what: string): never => {
    throw new UnexpectedResponseError(`The platform opened an upload session that cannot be right: ${what}`);
  };
  if (!Number.isSafeInteger(chunk_size) || chunk_size < 1 || chunk_size > MAX_CHUNK_BYTES) {
    refuse(`chunk_size must be from 1 byte to ${formatBytes(MAX_CHUNK_BYTES)}, and is ${chunk_size}`);
  }
  const expected = Math.ceil(fileSize / chunk_size);
  if (expected > MAX_CHUNKS)
    refuse(`a chunk_size of ${chunk_size} bytes makes more than ${MAX_CHUNKS} chunks`);
  if (total_chunks !== expected) {
    refuse(
      `total_chunks is ${total_chunks}, but ${fileSize} bytes in chunks of ${chunk_size} are ${expected}`,
    );
  }
  for (const [name, value] of Object.entries(upload_headers)) {
    if (
      FORBIDDEN_HEADERS.test(name) ||
      !/^[!#$%&'*+.^_`|~\w-]+$/.test(name) ||
      !/^[\t\x20-\x7e]*$/.test(value)
    ) {
      refuse('upload_headers contains a header that may not be sent');
    }
  }
}

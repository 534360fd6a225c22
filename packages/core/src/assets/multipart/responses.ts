import { z } from 'zod/v4';
import { UnexpectedResponseError } from '../../errors/unexpected-response-error.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import { id } from '../../validation/id.ts';
import { listOf } from '../../validation/list-of.ts';

/** What the platform answers about multipart uploads. Source: the published API description, multipart uploads. */

const uploadUrls = listOf(z.looseObject({ chunk_index: z.number().int().min(1), url: z.string() }));

/** What the storage wants to be told is a handful of short headers. */
const MAX_HEADERS = 50;
const MAX_HEADER_CHARACTERS = 8_192;
const uploadHeaders = z
  .looseObject({})
  .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, {
    error: `must be at most ${MAX_HEADERS} headers`,
  })
  .pipe(z.record(z.string().max(MAX_HEADER_CHARACTERS), z.string().max(MAX_HEADER_CHARACTERS)));

export const createdSession = z.looseObject({
  upload_id: id,
  asset_id: id,
  upload_urls: uploadUrls.nullish().transform((urls) => urls ?? []),
  upload_headers: uploadHeaders.nullish().transform((headers) => headers ?? {}),
  chunk_size: z.number(),
  total_chunks: z.number(),
  expires_at: z.string().optional(),
});
export type CreatedSession = z.output<typeof createdSession>;

export const moreUrls = z.looseObject({ upload_urls: uploadUrls });

export const reportedChunks = z.looseObject({ total_completed: z.number().optional() });

export const uploadStatus = z.looseObject({
  status: z.string(),
  uploaded_chunks: listOf(z.looseObject({ index: z.number().int(), status: z.string() }))
    .nullish()
    .transform((chunks) => chunks ?? []),
  page_info: z.looseObject({ total_page: z.number().optional() }).optional(),
});

/** A chunk is held in memory where the source can't seek: no more than this is believed. */
const MAX_CHUNK_BYTES = 256 * 1024 ** 2;
/** What object stores take at most. */
export const MAX_CHUNKS = 100_000;

/** Headers that belong to the connection, or that would carry a secret where none belongs. */
const FORBIDDEN_HEADERS =
  /^(host|connection|keep-alive|content-length|transfer-encoding|expect|upgrade|te|trailer|proxy-.*|cookie|x-api-key)$/i;

/**
 * Refuses a session that can't be: the numbers decide how the file is cut and how much memory is taken.
 * @throws {UnexpectedResponseError}
 */
export function checkSession(
  { chunk_size, total_chunks, upload_headers }: CreatedSession,
  fileSize: number,
): void {
  const refuse = (what: string): never => {
    throw new UnexpectedResponseError(`The platform opened an upload session that can't be right: ${what}`);
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
      refuse('upload_headers holds a header that may not be sent');
    }
  }
}

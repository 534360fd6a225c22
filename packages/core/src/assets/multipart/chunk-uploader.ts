import { ApiError } from '../../errors/api-error.ts';
import { RateLimitError } from '../../errors/rate-limit-error.ts';
import type { TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import { UnexpectedResponseError } from '../../errors/unexpected-response-error.ts';
import { attempt, retrying } from '../../http/attempt.ts';
import type { CallContext } from '../../http/call.ts';
import { presignedPut } from '../../http/requests.ts';
import type { Chunk } from './chunks.ts';
import type { CompletedChunk } from './endpoints.ts';
import type { UrlPool } from './url-pool.ts';

/** Bytes on their way, by chunk: a failed attempt takes its bytes back. */
export interface ChunkProgress {
  set(index: number, bytes: number): void;
}

/**
 * Sends one chunk to a presigned URL, again with a fresh URL where an attempt fails: a URL is good for one use.
 * @returns what to report
 */
export async function uploadChunk(
  context: CallContext,
  urls: UrlPool,
  headers: Readonly<Record<string, string>>,
  chunk: Chunk,
  progress: ChunkProgress,
): Promise<CompletedChunk> {
  const { 'content-type': type = 'application/octet-stream', ...rest } = lowerCased(headers);
  return retrying(context, async () => {
    const url = await urls.take(chunk.index);
    let sent = 0;
    const onBytes = (bytes: number) => {
      sent += bytes;
      progress.set(chunk.index, sent);
    };
    const request = presignedPut(context, url, rest, chunk.body(type));
    const result = await attempt(request, { ...context, onBytes });
    const etag = result.response?.headers.etag?.trim();
    if (!result.error && etag) {
      progress.set(chunk.index, chunk.size);
      return {
        value: { chunk_index: chunk.index, proof: etag, proof_type: 'etag', chunk_size: chunk.size },
      };
    }
    progress.set(chunk.index, 0);
    if (!result.error) return { error: withoutETag(chunk, result.response.status), again: true, url };
    const { error, response, isRetryable, asked } = result;
    // An expired URL rarely expires alone.
    if (response?.status === 403 || response?.status === 401) urls.clear();
    // Any refusal may be about the URL, and the next attempt has another one. A redirect is never followed.
    const again = response ? response.status >= 400 : isRetryable;
    return { error: aboutStorage(error, chunk), again, url, asked };
  });
}

function withoutETag({ index }: Chunk, status: number): UnexpectedResponseError {
  return new UnexpectedResponseError(`The storage sent no ETag for chunk ${index}`, status, {
    hint: 'Check whether a proxy removes the header ETag from responses of the storage.',
  });
}

/** The storage behind a presigned URL knows nothing of the API key: its 403 is about the URL. */
function aboutStorage(error: TwelveLabsError, chunk: Chunk): TwelveLabsError {
  if (!(error instanceof ApiError)) return error;
  const { status, method, apiCode, requestId } = error;
  const path = `(upload URL of chunk ${chunk.index})`;
  const details = { status, method, path, apiCode, requestId };
  const options = { hint: 'Resume the upload: new URLs are asked for.' };
  if (error instanceof RateLimitError)
    return new RateLimitError({ ...details, retryAfter: error.retryAfter }, options);
  return new ApiError(details, options);
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

import { ApiError } from '../../errors/api-error.ts';
import { RateLimitError } from '../../errors/rate-limit-error.ts';
import type { TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import { UnexpectedResponseError } from '../../errors/unexpected-response-error.ts';
import { errorOf } from '../../http/answer.ts';
import { type CallContext, mayPass } from '../../http/call.ts';
import { presignedPut } from '../../http/requests.ts';
import { Retries } from '../../http/retry.ts';
import { requestedDelay } from '../../http/retry-timing.ts';
import { SendFailure, send } from '../../http/send.ts';
import type { Chunk } from './chunks.ts';
import type { CompletedChunk } from './session.ts';
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
  const retries = new Retries(context);
  const { 'content-type': type = 'application/octet-stream', ...rest } = lowerCased(headers);
  for (;;) {
    const url = await urls.take(chunk.index);
    let sent = 0;
    const onBytes = (bytes: number) => {
      sent += bytes;
      progress.set(chunk.index, sent);
    };
    let failure: { error: TwelveLabsError; asked?: number | undefined };
    try {
      const request = presignedPut(context, url, rest, chunk.body(type));
      const response = await send(request, { ...context, onBytes });
      const error = errorOf(request, response, context.clock.now());
      const etag = response.headers.etag?.trim();
      if (!error && etag) {
        progress.set(chunk.index, chunk.size);
        return { chunk_index: chunk.index, proof: etag, proof_type: 'etag', chunk_size: chunk.size };
      }
      failure = {
        error: error
          ? aboutStorage(error, chunk)
          : new UnexpectedResponseError(`The storage gave no ETag for chunk ${chunk.index}`, response.status),
        asked: requestedDelay(response, context.clock.now()),
      };
      // An expired URL rarely expires alone.
      if (response.status === 403 || response.status === 401) urls.clear();
      if (response.status >= 300 && response.status < 400) throw failure.error;
    } catch (thrown) {
      if (!(thrown instanceof SendFailure)) throw thrown;
      if (!mayPass(thrown.error)) throw thrown.error;
      failure = { error: thrown.error };
    }
    progress.set(chunk.index, 0);
    await retries.pause(failure.error, failure.asked);
  }
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

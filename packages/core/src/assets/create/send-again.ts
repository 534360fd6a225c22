import { AbortedError } from '../../errors/aborted-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import type { TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import { bytesOf } from '../../files/source.ts';
import { parseAnswer } from '../../http/answer.ts';
import { attempt, type Failure, mayHaveHadEffect, type Outcome, retrying } from '../../http/attempt.ts';
import type { CallContext } from '../../http/call.ts';
import { abortedSearch } from '../../http/lost-answer.ts';
import type { ByteStream, StreamOptions } from '../../ports.ts';
import type { PreparedFile } from '../prepared-file.ts';
import { type Asset, asset } from '../schema.ts';
import { findLostAsset, uncertain } from './find-lost.ts';
import { createRequest } from './form.ts';
import type { CreateLedger } from './ledger.ts';
import type { CreateAssetParams } from './params.ts';

/** How one request ended. */
type Sent =
  | { readonly asset: Asset }
  | {
      readonly error: TwelveLabsError;
      /** Where it was sent. */
      readonly url: string;
      /** Whether the platform may have created the asset. */
      readonly unknown: boolean;
      readonly again: boolean;
      /** Whether the connection broke before all of the body was sent. */
      readonly broke: boolean;
      readonly asked?: number | undefined;
    };

export interface DirectRules {
  /** Whether a large file whose upload keeps breaking may continue as a multipart upload. */
  readonly chunksInstead: boolean;
  /** Called with the bytes of the file that were sent so far. */
  readonly onSent: (bytes: number) => void;
}

/** Above this many bytes, an upload that broke twice is worth sending in chunks, of which only the last one is lost. */
const WORTH_CHUNKS = 32 * 1024 ** 2;
const MAX_BREAKS = 2;

/**
 * Creates an asset by `POST /assets`, which is not idempotent. This is the one place that decides what may be sent
 * again: what certainly created nothing is repeated as the policy allows; where the platform may have created the
 * asset (all of the body was sent and no answer came, or a 5xx, or a 201 that cannot be read), the newest assets are
 * searched first, so that nobody pays for an asset twice.
 * @returns the asset; `undefined` when a large file should continue as a multipart upload
 */
export function createDirect(
  context: CallContext,
  ledger: CreateLedger,
  params: CreateAssetParams,
  file: PreparedFile | undefined,
  { chunksInstead, onSent }: DirectRules,
): Promise<Asset | undefined> {
  const isLarge = file?.size !== undefined && file.size > WORTH_CHUNKS && !file.source.oneShot;
  let breaks = 0;
  const filename = params.filename ?? file?.name;
  const identity = JSON.stringify([context.baseUrl, params.method, filename ?? params.url, file?.size]);
  return retrying(context, async (): Promise<Outcome<Asset | undefined>> => {
    const startedAt = context.clock.now();
    const stream = { opened: false };
    const sent = await ledger.lock.shared(identity, context.signal, async () => {
      const ended = await post(context, params, file && watched(file, stream, onSent));
      if ('asset' in ended) ledger.claim(ended.asset._id);
      return ended;
    });
    if ('asset' in sent) return { value: sent.asset };
    const { error, unknown, asked, url } = sent;
    if (unknown) {
      const lost = { params, filename, size: file?.size, startedAt, error };
      const found = await ledger.lock
        .exclusive(identity, context.signal, (searching) => findLostAsset(context, ledger, lost, searching))
        .catch(abortedSearch('an asset'));
      if (found) return { value: found };
      // No answer is not a closed connection: the platform may still be working on what it received.
      if (error instanceof TimeoutError)
        throw uncertain('no response came in time, and no asset has appeared so far', lost);
    }
    if (sent.broke) breaks++;
    if (chunksInstead && isLarge && breaks >= MAX_BREAKS) return { value: undefined };
    const isGone = file?.source.oneShot && stream.opened;
    return { error, again: sent.again && !isGone, url, asked };
  });
}

async function post(
  context: CallContext,
  params: CreateAssetParams,
  file: PreparedFile | undefined,
): Promise<Sent> {
  const request = createRequest(context, params, file);
  const result = await attempt(request, context);
  if (result.error) return failed(result);
  try {
    return { asset: parseAnswer(asset, request, result.response) };
  } catch (unreadable) {
    return {
      error: unreadable as TwelveLabsError,
      url: request.url,
      unknown: true,
      again: false,
      broke: false,
    };
  }
}

function failed(failure: Failure): Sent {
  const { error, url, reached, isRetryable, asked } = failure;
  if (error instanceof AbortedError && reached === 'body sent') {
    const aborted = new AbortedError('POST /assets', error.cause, 'an asset');
    return { error: aborted, url, unknown: false, again: false, broke: false };
  }
  const broke = isRetryable && reached === 'body cut short';
  return { error, url, unknown: mayHaveHadEffect(failure), again: isRetryable, broke, asked };
}

/** The same file, which records that it was opened and reports its bytes as they are read. */
function watched(
  file: PreparedFile,
  stream: { opened: boolean },
  onSent: (bytes: number) => void,
): PreparedFile {
  const { name, size, type, oneShot } = file.source;
  const open = (options?: StreamOptions) => {
    stream.opened = true;
    return counted(file.source.stream(options), onSent);
  };
  return { ...file, source: { name, size, type, oneShot, stream: open } };
}

async function* counted(bytes: ByteStream, onSent: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of bytesOf(bytes)) {
    sent += chunk.byteLength;
    onSent(sent);
    yield chunk;
  }
}

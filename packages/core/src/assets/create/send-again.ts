import { AbortedError } from '../../errors/aborted-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import type { TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import type { PreparedFile } from '../../files/prepared-file.ts';
import { errorOf, read } from '../../http/answer.ts';
import { type CallContext, mayPass } from '../../http/call.ts';
import { isTransient, Retries } from '../../http/retry.ts';
import { requestedDelay } from '../../http/retry-timing.ts';
import { type Reached, type SendContext, SendFailure, send } from '../../http/send.ts';
import type { HttpResponse, StreamOptions } from '../../ports.ts';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.ts';
import { type Asset, asset } from '../schema.ts';
import type { CreateLedger } from './claims.ts';
import { lookForLost } from './find-lost.ts';
import { createRequest } from './form.ts';
import type { CreateAssetParams } from './params.ts';

/** How one attempt ended. */
type Ending =
  | { readonly asset: Asset }
  /** `unknown`: the platform may have created the asset. */
  | {
      readonly error: TwelveLabsError;
      readonly unknown: boolean;
      readonly again: boolean;
      readonly asked?: number | undefined;
    };

/**
 * Creates an asset by `POST /assets`, which is not idempotent. This is the one place that decides what may be sent
 * again: what certainly created nothing is repeated as the policy allows; where the platform may have created the
 * asset (all of the body was sent and no answer came, or a 5xx, or a 201 that can't be read), the newest assets are
 * looked at first, so that nobody pays for an asset twice.
 */
export async function createDirect(
  context: CallContext,
  ledger: CreateLedger,
  params: CreateAssetParams,
  file: PreparedFile | undefined,
  onSent: (bytes: number) => void,
): Promise<Asset> {
  const filename = params.filename ?? file?.name;
  const identity = JSON.stringify([context.baseUrl, params.method, filename ?? params.url, file?.size]);
  const retries = new Retries(context);
  for (;;) {
    const startedAt = context.clock.now();
    const stream = { opened: false };
    const ending = await ledger.whileSending(identity, context.signal, async () => {
      const ended = await attempt(
        { ...context, onBytes: counted(file, onSent) },
        params,
        file && watched(file, stream),
      );
      if ('asset' in ended) ledger.claim(ended.asset._id);
      return ended;
    });
    if ('asset' in ending) return ending.asset;
    if (ending.unknown) {
      const lost = { params, filename, size: file?.size, startedAt, error: ending.error };
      const found = await ledger.whileLooking(identity, context.signal, (looking) =>
        lookForLost(context, ledger, lost, looking),
      );
      if (found) return found;
      // No answer is not a closed connection: the platform may still be at work on what it received.
      if (ending.error instanceof TimeoutError) {
        throw new UncertainOutcomeError(
          'no answer came in time, and no asset has appeared so far',
          [],
          ending.error,
        );
      }
    }
    const gone = file?.source.oneShot && stream.opened;
    if (!ending.again || gone) throw ending.error;
    await retries.pause(ending.error, ending.asked);
  }
}

async function attempt(
  context: CallContext & SendContext,
  params: CreateAssetParams,
  file: PreparedFile | undefined,
): Promise<Ending> {
  const request = createRequest(context, params, file);
  let response: HttpResponse;
  try {
    response = await send(request, context);
  } catch (failure) {
    if (!(failure instanceof SendFailure)) throw failure;
    return unanswered(failure.error, failure.reached);
  }
  const now = context.clock.now();
  const error = errorOf(request, response, now);
  if (!error) {
    try {
      return { asset: read(asset, request, response) };
    } catch (unreadable) {
      return { error: unreadable as TwelveLabsError, unknown: true, again: false };
    }
  }
  const { status } = response;
  return { error, unknown: status >= 500, again: isTransient(status), asked: requestedDelay(response, now) };
}

function unanswered(error: TwelveLabsError, reached: Reached): Ending {
  if (error instanceof AbortedError && reached === 'body sent') {
    const cancelled = new AbortedError(
      'POST /assets (after the whole file was sent, so that an asset may exist)',
      error.cause,
    );
    return { error: cancelled, unknown: false, again: false };
  }
  const again = mayPass(error);
  // An answer that was too long or not HTTP came after all: the platform acted.
  return {
    error,
    unknown: reached === 'body sent' && (again || error.code === 'unexpected_response'),
    again,
  };
}

/** Bytes of the form as bytes of the file: its fields come first, as one piece, and its end is cut off. */
function counted(file: PreparedFile | undefined, onSent: (bytes: number) => void): (bytes: number) => void {
  let sent: number | undefined;
  return (bytes) => {
    sent = sent === undefined ? 0 : sent + bytes;
    if (file) onSent(Math.min(sent, file.size ?? sent));
  };
}

function watched(file: PreparedFile, stream: { opened: boolean }): PreparedFile {
  const { source } = file;
  const open = (options?: StreamOptions) => {
    stream.opened = true;
    return source.stream(options);
  };
  return {
    ...file,
    source: {
      name: source.name,
      size: source.size,
      type: source.type,
      oneShot: source.oneShot,
      stream: open,
    },
  };
}

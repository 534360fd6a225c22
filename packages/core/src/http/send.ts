import { AbortedError } from '../errors/aborted-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import { unreadable } from '../files/unreadable.ts';
import type { Clock, HttpRequest, HttpResponse, Transport } from '../ports.ts';
import { BodyTracker } from './bodies/tracked.ts';
import { networkFailure, neverConnected } from './network-failure.ts';

/** How far a request got before it failed: decides whether it may be sent again. */
export type Reached = 'nothing sent' | 'body cut short' | 'body sent';

/** A request that got no answer. */
export class SendFailure {
  readonly error: TwelveLabsError;
  readonly reached: Reached;
  constructor(error: TwelveLabsError, reached: Reached) {
    this.error = error;
    this.reached = reached;
  }
}

export interface SendContext {
  readonly transport: Transport;
  readonly clock: Clock;
  /** The caller's cancel. */
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * Sends one request once, and ends it when, for its idle timeout, no byte of its body is taken and its answer is not
 * complete: answers are small, so that one which trickles for that long is one that stalls. Closes the body's streams
 * and stops its timer in every case.
 * @throws {SendFailure} when no answer was received
 */
export async function send(
  request: HttpRequest,
  { transport, clock, signal, onBytes }: SendContext,
): Promise<HttpResponse> {
  const what = `${request.method} ${new URL(request.url).pathname}`;
  if (signal?.aborted) throw new SendFailure(new AbortedError(what, signal.reason), 'nothing sent');

  let lastProgress = clock.now();
  const tracker =
    request.body &&
    new BodyTracker(request.body, (bytes) => {
      lastProgress = clock.now();
      onBytes?.(bytes);
    });
  const ending = new AbortController();
  const cancel = () => ending.abort(new AbortedError(what, signal?.reason));
  signal?.addEventListener('abort', cancel, { once: true });
  const ended = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => reject(ending.signal.reason), { once: true });
  });
  const watch = new AbortController();
  const idle = async () => {
    for (let left = request.idleTimeout; left > 0; left = lastProgress + request.idleTimeout - clock.now()) {
      await clock.sleep(left, watch.signal);
    }
    ending.abort(stalled(what, request.idleTimeout));
  };
  idle().catch(() => undefined);

  try {
    const sent = tracker ? { ...request, body: tracker.body } : request;
    // A transport may be slow to notice the signal: the caller gets its answer at once.
    return await Promise.race([transport.send(sent, ending.signal), ended]);
  } catch (error) {
    if (tracker?.failure !== undefined && !ending.signal.aborted)
      throw new SendFailure(unreadable(tracker.failure), 'body cut short');
    const known = ending.signal.aborted ? ending.signal.reason : error;
    throw new SendFailure(
      TwelveLabsError.is(known) ? known : networkFailure(known, request.url),
      reached(tracker, error),
    );
  } finally {
    watch.abort();
    signal?.removeEventListener('abort', cancel);
    // Not awaited: a source that hangs must not hold the caller back.
    tracker?.close().catch(() => undefined);
  }
}

function reached(tracker: BodyTracker | undefined, error: unknown): Reached {
  if (neverConnected(error) || tracker?.taken === 0) return 'nothing sent';
  return tracker && !tracker.complete ? 'body cut short' : 'body sent';
}

function stalled(what: string, limit: number): TimeoutError {
  return new TimeoutError(`${what} made no progress for ${limit / 1000} s`, 'idle', limit, {
    hint: 'Check the network; for a link that pauses for long, raise the idle time limit.',
  });
}

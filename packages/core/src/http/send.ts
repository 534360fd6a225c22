import { AbortedError } from '../errors/aborted-error.ts';
import type { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import { unreadable } from '../files/unreadable.ts';
import type { Clock, HttpRequest, HttpResponse, Transport } from '../ports.ts';
import { BodyTracker } from './bodies/tracked.ts';
import { neverConnected } from './network-failure.ts';
import { pathOf } from './request-path.ts';
import { Watchdog } from './watchdog.ts';

/** How far a request got before it failed: decides whether it may be sent again. */
export type Reached = 'nothing sent' | 'body cut short' | 'body sent';

/** A request that got no answer. */
export interface Unanswered {
  readonly failure: TwelveLabsError;
  readonly reached: Reached;
  /** The file failed, not the connection: another attempt would read it again, and fail the same way. */
  readonly fromSource?: true;
}

export interface SendContext {
  readonly transport: Transport;
  readonly clock: Clock;
  /** The caller's cancel. */
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * Sends one request once, and aborts it when for its idle timeout no byte of its body is taken, and its answer is not
 * complete and hardly grows: one that trickles has stalled. Closes the body's streams and stops its timer in every case.
 * Of an answer in lines, the idle timeout counts between lines, until the last one is read.
 * @returns the answer, or why there is none; never throws
 */
export async function send(
  request: HttpRequest,
  { transport, clock, signal, onBytes }: SendContext,
): Promise<{ readonly response: HttpResponse } | Unanswered> {
  const what = `${request.method} ${pathOf(request.url)}`;
  if (signal?.aborted) return { failure: new AbortedError(what, signal.reason), reached: 'nothing sent' };

  let tracker: BodyTracker | undefined;
  const isReading = () => tracker?.isReading === true;
  const watchdog = new Watchdog(clock, signal, what, request.idleTimeout, isReading);
  if (request.body) {
    tracker = new BodyTracker(request.body, (bytes) => {
      watchdog.progress();
      onBytes?.(bytes);
    });
  }
  let isStreaming = false;
  try {
    const onReceived = () => watchdog.progress();
    const sent = { ...request, onReceived, ...(tracker ? { body: tracker.body } : {}) };
    const response = await watchdog.race(transport.send(sent, watchdog.signal));
    if (!isLines(response.body)) return { response };
    isStreaming = true;
    return { response: { ...response, body: watched(response.body, watchdog, request.url) } };
  } catch (error) {
    if (tracker?.failure !== undefined && !watchdog.signal.aborted)
      return { failure: unreadable(tracker.failure), reached: 'body cut short', fromSource: true };
    return { failure: watchdog.explain(error, request.url), reached: reached(tracker, error) };
  } finally {
    if (!isStreaming) watchdog.stop();
    // Not awaited: a source that hangs must not delay the caller.
    tracker?.close().catch(() => undefined);
  }
}

/** Lines under the same limits as the request that they answer. Ends the request when the reader stops early. */
async function* watched(
  lines: AsyncIterable<unknown>,
  watchdog: Watchdog,
  url: string,
): AsyncGenerator<unknown> {
  const iterator = lines[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await watchdog.race(iterator.next());
      watchdog.progress();
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    throw watchdog.explain(error, url);
  } finally {
    watchdog.stop();
    // Not awaited: a connection that stalls must not delay the caller.
    iterator.return?.()?.catch(() => undefined);
  }
}

function isLines(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function reached(tracker: BodyTracker | undefined, error: unknown): Reached {
  if (neverConnected(error) || tracker?.taken === 0) return 'nothing sent';
  return tracker && !tracker.complete ? 'body cut short' : 'body sent';
}

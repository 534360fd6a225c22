import { AbortedError } from '../errors/aborted-error.ts';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.ts';
import type { ReadLimits } from '../files/limited.ts';
import type { Clock, HttpRequest, HttpResponse, Transport } from '../ports.ts';
import { isUnknown } from './answer.ts';
import { attempt, mayHaveHadEffect, type RetryContext, retrying } from './attempt.ts';
import { pathOf } from './request-path.ts';
import { DEFAULT_IDLE_TIMEOUT, type RequestContext } from './requests.ts';

/** Everything that one call of a client runs with. */
export interface CallContext extends RequestContext, RetryContext {
  readonly transport: Transport;
  readonly clock: Clock;
}

/** What reading a file must not outlast in a call. */
export const readLimits = ({
  clock,
  signal,
  idleTimeout = DEFAULT_IDLE_TIMEOUT,
}: CallContext): ReadLimits => ({
  clock,
  signal,
  idleTimeout,
});

export interface CallRules {
  /** Whether the request may arrive twice. If not, it is sent again only when it certainly had no effect. */
  readonly repeatable: boolean;
  /** After an attempt whose answer was lost, "the platform does not know it" is what success looks like. */
  readonly goneIsDone?: boolean | undefined;
  /** What the request creates, for the error when its answer is lost: `an index`. */
  readonly creates?: string | undefined;
}

/**
 * Sends a request, again as the policy and the rules allow.
 * @returns the 2xx answer, or with `goneIsDone` the answer that says that the thing is gone
 * @throws {UncertainOutcomeError} when a request that must not arrive twice may have had an effect
 */
export function call(
  context: CallContext,
  request: HttpRequest,
  { repeatable, goneIsDone = false, creates = 'something' }: CallRules,
): Promise<HttpResponse> {
  return retrying(context, async (count) => {
    const result = await attempt(request, context);
    if (!result.error) return { value: result.response };
    const { error, url, response, isRetryable, asked } = result;
    if (goneIsDone && count > 1 && response && isUnknown(error)) return { value: response };
    if (!repeatable && mayHaveHadEffect(result)) throw uncertain(request, creates, result.error);
    if (!repeatable && error instanceof AbortedError && result.reached === 'body sent')
      throw new AbortedError(`${request.method} ${pathOf(request.url)}`, error.cause, creates);
    return { error, again: isRetryable && !request.body?.isSpent, url, asked };
  });
}

/** A request may have created a thing, and its answer does not say so. */
export function uncertain({ method, url }: HttpRequest, thing: string, error: Error): UncertainOutcomeError {
  return new UncertainOutcomeError({
    sent: `${method} ${pathOf(url)} was sent`,
    thing,
    why: error.message,
    cause: error,
  });
}

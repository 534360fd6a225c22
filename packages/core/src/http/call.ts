import { NetworkError } from '../errors/network-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import type { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import type { Clock, HttpRequest, HttpResponse, Transport } from '../ports.ts';
import { errorOf } from './answer.ts';
import type { RequestContext } from './requests.ts';
import { isTransient, Retries, type RetryContext } from './retry.ts';
import { requestedDelay } from './retry-timing.ts';
import { SendFailure, send } from './send.ts';

/** Everything that one call of the client runs with. */
export interface CallContext extends RequestContext, RetryContext {
  readonly transport: Transport;
  readonly clock: Clock;
}

/**
 * Sends a request that may safely arrive twice, and tries again as the policy allows.
 * @param tolerate statuses to return instead of throwing, told whether an earlier attempt's outcome is unknown
 * @returns the 2xx answer
 */
export async function call(
  context: CallContext,
  request: HttpRequest,
  tolerate: (status: number, triedBefore: boolean) => boolean = () => false,
): Promise<HttpResponse> {
  const retries = new Retries(context);
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await send(request, context);
      const error = errorOf(request, response, context.clock.now());
      if (!error || tolerate(response.status, attempt > 1)) return response;
      if (!isTransient(response.status)) throw error;
      await retries.pause(error, requestedDelay(response, context.clock.now()));
    } catch (failure) {
      if (!(failure instanceof SendFailure)) throw failure;
      if (!mayPass(failure.error)) throw failure.error;
      await retries.pause(failure.error);
    }
  }
}

/** Whether a failure without an answer may not happen again: not a cancel, not a file that can't be read. */
export function mayPass(error: TwelveLabsError): boolean {
  return error instanceof NetworkError || (error instanceof TimeoutError && error.kind === 'idle');
}

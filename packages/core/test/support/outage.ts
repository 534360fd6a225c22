import type { Clock, Transport } from '../../src/index.ts';

/**
 * A network that is gone for some time: connections are refused, as those to a machine that restarts.
 * @param from called for each request; the outage begins when it returns true
 * @param lasts milliseconds of the client's clock
 */
export function withOutage(
  transport: Transport,
  clock: Clock,
  from: (request: { method: string; url: string }) => boolean,
  lasts: number,
): Transport {
  let since: number | undefined;
  return {
    async send(request, signal) {
      if (since === undefined && from(request)) since = clock.now();
      if (since !== undefined && clock.now() < since + lasts)
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      return transport.send(request, signal);
    },
  };
}

import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../errors.ts';

/**
 * Refuses requests by a foreign name while the emulator listens on loopback: a name of somebody else's that resolves
 * to 127.0.0.1 would make their web page one of ours (DNS rebinding).
 *
 * @param host what the emulator listens on.
 */
export function refuseForeignNames(app: FastifyInstance, host: string): void {
  if (!isLoopback(host)) return;
  app.addHook('onRequest', async (request) => {
    if (isLoopback(request.hostname)) return;
    throw new PlatformError(
      403,
      'api_not_allowed',
      'The emulator answers only to localhost and 127.0.0.1. Start it with HOST=0.0.0.0 to reach it by other names.',
    );
  });
}

/** True for names and addresses that nobody else's DNS can point here. `.localhost`: RFC 6761, section 6.3. */
function isLoopback(host: string): boolean {
  return /^((.+\.)?localhost|\[?::1\]?|127(\.\d{1,3}){3})$/i.test(host);
}

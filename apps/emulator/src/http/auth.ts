import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';

/** Refuses requests without one of the emulator's keys, before their body is read. */
export function requireApiKey(app: FastifyInstance, context: Context): void {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const known = context.options.apiKeys.map(digest);
  app.addHook('onRequest', async (request) => {
    const key = request.headers['x-api-key'];
    const presented = digest(typeof key === 'string' ? key : '');
    if (typeof key === 'string' && known.some((candidate) => timingSafeEqual(candidate, presented))) return;
    throw new PlatformError(
      401,
      'api_key_invalid',
      key === undefined
        ? 'The x-api-key header with your API key is missing.'
        : 'The API key provided is invalid or has expired.',
    );
  });
}

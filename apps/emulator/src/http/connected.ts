import type { FastifyReply } from 'fastify';
import { ClientGoneError } from '../errors.ts';

/** Aborts with a {@link ClientGoneError} when the client leaves before it has its answer. */
export function whileConnected({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  const leave = (): void => left.abort(new ClientGoneError('The client left'));
  raw.once('close', leave);
  // One that is closed already says so no more.
  if (raw.destroyed) leave();
  return left.signal;
}

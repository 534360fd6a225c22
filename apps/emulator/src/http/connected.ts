import type { FastifyRequest } from 'fastify';
import { ClientGoneError } from '../errors.ts';

/** Aborts with a {@link ClientGoneError} when the client of a request leaves. */
export function whileConnected({ raw: { socket } }: FastifyRequest): AbortSignal {
  const left = new AbortController();
  const leave = (): void => left.abort(new ClientGoneError('The client left'));
  socket.once('close', leave);
  // One that is closed already says so no more.
  if (socket.destroyed) leave();
  return left.signal;
}

import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ClientGoneError } from '../errors.ts';
import type { Faults } from '../faults/faults.ts';
import type { FaultAction } from '../faults/schema.ts';
import type { BodyHook } from '../journal/body.ts';
import type { Journal } from '../journal/journal.ts';
import { parseForm } from './form.ts';
import { interrupt, type Payload, trickle } from './interrupt.ts';
import { storageErrorXml } from './storage-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    fault: FaultAction | undefined;
  }
}

/** Makes the server play the rules in `faults`. To be called before the routes are there. */
export function injectFaults(app: FastifyInstance, faults: Faults, journal: Journal): void {
  app.decorateRequest('fault', undefined);

  app.addHook('onRequest', async (request, reply) => {
    const { path, method } = request.entry;
    if (path.startsWith('/_emulator')) return;
    const action = faults.take(method, path);
    if (action === undefined) return;
    request.fault = action;
    request.entry.fault = nameOf(action);
    if (action.type === 'reset' && action.at === 'before-reading') {
      reply.hijack();
      breakConnection(request.raw);
      return reply;
    }
    if ((action.type === 'respond' || action.type === 'redirect') && !action.readBody)
      return answer(reply, action);
    return;
  });

  app.addHook('preHandler', async (request, reply) => {
    const action = request.fault;
    if (action === undefined) return;
    if (isInPlace(action)) {
      await readBody(request, journal);
      return answer(reply, action);
    }
    // Requests without a body have no end of it that the hooks could wait at.
    if (!hasBody(request.raw) && bodyHooks(action, request, faults).end !== undefined) {
      await new Promise<void>((resolve) => bodyHooks(action, request, faults).end?.(0, resolve));
      if (request.raw.socket.destroyed) throw new ClientGoneError('A fault broke the connection');
    }
    return;
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const action = request.fault;
    return action === undefined ? payload : transform(action, request, reply, payload as Payload, faults);
  });
}

/** Where in a request's body an action interferes. */
export function bodyHooks(
  action: FaultAction | undefined,
  request: FastifyRequest,
  faults: Faults,
): { piece?: BodyHook; end?: BodyHook } {
  if (action?.type === 'reset' && action.at !== 'before-reading' && action.at !== 'after-stored') {
    const hook: BodyHook = (received, proceed) => {
      if (action.at === 'during-body' && received < action.afterBytes) proceed();
      else breakConnection(request.raw);
    };
    // A body shorter than `afterBytes` is broken at its end.
    return action.at === 'during-body'
      ? { piece: hook, end: () => breakConnection(request.raw) }
      : { end: hook };
  }
  if (action?.type === 'stall' && action.while === 'reading') {
    let stalled = false;
    const hook: BodyHook = (received, proceed) => {
      if (stalled || received < action.afterBytes) return proceed();
      stalled = true;
      void pause(action.ms, request, faults).then(proceed, () => breakConnection(request.raw));
    };
    return { piece: hook, end: (_received, proceed) => hook(Number.POSITIVE_INFINITY, proceed) };
  }
  return {};
}

function isInPlace(
  action: FaultAction,
): action is Extract<FaultAction, { type: 'respond' | 'redirect' | 'expired-url' }> {
  return action.type === 'respond' || action.type === 'redirect' || action.type === 'expired-url';
}

function answer(
  reply: FastifyReply,
  action: Extract<FaultAction, { type: 'respond' | 'redirect' | 'expired-url' }>,
): FastifyReply {
  if (action.type === 'redirect') return reply.code(action.status).header('location', action.location).send();
  if (action.type === 'expired-url') {
    return reply
      .code(403)
      .type('application/xml')
      .send(storageErrorXml('AccessDenied', 'Request has expired'));
  }
  const { body } = action;
  reply.code(action.status);
  if (typeof body === 'string') reply.type('text/plain; charset=utf-8');
  else if (body !== undefined) reply.type('application/json; charset=utf-8');
  for (const [name, value] of Object.entries(action.headers)) reply.header(name, value);
  return reply.send(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
}

/** Reads what is left of a request, so that the journal contains all of it even if no route read it. */
async function readBody(request: FastifyRequest, journal: Journal): Promise<void> {
  if (request.headers['content-type']?.startsWith('multipart/form-data')) {
    await parseForm(request.bodyStream, request.headers, async () => undefined).then(
      (parts) => journal.addForm(request.entry, parts),
      () => undefined,
    );
  }
  if (request.bodyStream.readableEnded || request.bodyStream.destroyed) return;
  await new Promise<void>((resolve) => {
    request.bodyStream.once('close', resolve).once('end', resolve).resume();
  });
}

async function transform(
  action: FaultAction,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: Payload,
  faults: Faults,
): Promise<Payload> {
  switch (action.type) {
    case 'reset':
      if (action.at === 'after-stored') {
        request.entry.status = null;
        // Node.js 22 reports an answer as finished though nothing of it was sent.
        request.entry.aborted = true;
        breakConnection(request.raw);
      }
      return payload;
    case 'delay':
      if (action.beforeHeadersMs !== undefined)
        await pause(action.beforeHeadersMs, request, faults).catch(() => undefined);
      if (action.betweenBytesMs === undefined) return payload;
      return trickle(payload, reply, () => pause(action.betweenBytesMs, request, faults));
    case 'truncate':
      return interrupt(payload, reply, action, async () => {
        breakConnection(request.raw);
        return undefined;
      });
    case 'stall':
      if (action.while === 'reading') return payload;
      if (action.afterBytes === 0 && action.afterLines === 0) {
        await pause(action.ms, request, faults).catch(() => breakConnection(request.raw));
        return payload;
      }
      return interrupt(payload, reply, action, async () => {
        await pause(action.ms, request, faults);
        return undefined;
      });
    case 'insert-line': {
      const { afterLines, line, end } = action;
      const insert = typeof line === 'string' ? line : `${JSON.stringify(line)}\n`;
      const changed = interrupt(payload, reply, { afterLines, afterBytes: 0 }, async () => ({ insert, end }));
      reply.removeHeader('content-length');
      return changed;
    }
    case 'invalid-json':
      return replaced(payload, reply, action.body);
    case 'content-type':
      reply.header('content-type', action.value);
      if (action.body === undefined) return payload;
      return replaced(payload, reply, action.body);
    case 'corrupt-etag':
      if (reply.getHeader('etag') !== undefined) reply.header('etag', `"${'0'.repeat(32)}"`);
      return payload;
    default:
      return payload;
  }
}

/** Sends `body` in place of `payload`. */
function replaced(payload: Payload, reply: FastifyReply, body: string): string {
  if (payload instanceof Readable) payload.destroy();
  reply.removeHeader('content-length');
  return body;
}

/** Waits; rejects when the client leaves or the rules are dropped. Without `ms`, only that ends it. */
async function pause(ms: number | undefined, request: FastifyRequest, faults: Faults): Promise<void> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  request.raw.socket.once('close', leave);
  // One that is closed already says so no more.
  if (request.raw.socket.destroyed) leave();
  try {
    // setTimeout takes no more than a signed 32-bit number of milliseconds: 24 days.
    await sleep(ms ?? 2_147_483_647, undefined, {
      signal: AbortSignal.any([left.signal, faults.cleared]),
      ref: false,
    });
  } finally {
    request.raw.socket.off('close', leave);
  }
}

/** A socket that is being shut down can no longer be reset, and would never say that it is closed. */
export function breakConnection({ socket }: IncomingMessage): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

function hasBody(raw: IncomingMessage): boolean {
  return raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
}

function nameOf(action: FaultAction): string {
  if (action.type === 'reset') return `reset ${action.at}`;
  if (action.type === 'stall') return `stall while ${action.while}`;
  if (action.type === 'respond') return `respond ${action.status}`;
  return action.type;
}

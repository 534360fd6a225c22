import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Context } from '../context.ts';
import { ClientGoneError, type ErrorCode, isDiskFull, PlatformError } from '../errors.ts';
import { MeteredBody } from '../journal/body.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { downloadMarkHeader } from './download-mark.ts';
import { errorBody } from './error-body.ts';
import { bodyHooks, injectFaults } from './inject-faults.ts';
import { refuseForeignNames } from './loopback.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request's line in the journal. */
    entry: JournalEntry;
    /** Its body as a stream, for routes that do not take JSON. */
    bodyStream: MeteredBody;
    /** `http://host:port` as the client knows this emulator, for URLs in answers. */
    origin: string;
    /** Returns whether a reset began since it came. */
    isOvertaken: () => boolean;
  }
}

/** JSON bodies are small; files travel as streams and are limited by their routes. */
const jsonLimit = 1024 * 1024;

/**
 * A Fastify server with what all routes share: the journal, the clock's Date header, body streams, and errors in the
 * platform's form.
 */
export function createServer(context: Context, onError: (error: unknown) => void): FastifyInstance {
  const app = fastify({
    // A slow upload may take all day; what ends a dead one is the client's business or a closed socket.
    requestTimeout: 0,
    connectionTimeout: 0,
    bodyLimit: Number.MAX_SAFE_INTEGER,
    // Fastify would answer 503 without the journal or the platform's error form.
    return503OnClosing: false,
    // A path that cannot be decoded reaches no hook, and so no journal.
    frameworkErrors: (_error, _request, reply) =>
      (reply as unknown as FastifyReply)
        .code(400)
        .header('content-type', 'application/json')
        .send(JSON.stringify({ code: 'parameter_invalid', message: 'The path of the URL is malformed.' })),
    forceCloseConnections: false,
  });
  app.decorateRequest('entry', null as unknown as JournalEntry);
  app.decorateRequest('bodyStream', null as unknown as MeteredBody);
  app.decorateRequest('origin', '');
  app.decorateRequest('isOvertaken', null as unknown as () => boolean);
  trackHandlers(app, context);

  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request;
    request.entry = context.journal.begin({
      method: raw.method ?? '',
      url: raw.url ?? '/',
      headers: raw.headers,
      now: context.clock.now(),
    });
    request.isOvertaken = context.resets.watch();
    // In a container, or behind a name, clients cannot use the address that this process listens on.
    request.origin = URL.canParse(`http://${request.host}`) ? `http://${request.host}` : context.origin();
    reply.header('date', new Date(context.clock.now()).toUTCString());
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) request.entry.aborted = true;
    });
    if (
      raw.headers[downloadMarkHeader] === context.downloadMark &&
      !/^\/(media|samples)\//.test(raw.url ?? '')
    ) {
      throw new PlatformError(
        403,
        'api_not_allowed',
        'The emulator does not fetch its own admin or API paths.',
      );
    }
  });

  refuseForeignNames(app, context.options.host);
  app.addHook('onSend', async (request, reply) => {
    request.entry.status = reply.statusCode;
    // A connection kept alive would keep the server from closing.
    if (context.closing()) reply.header('connection', 'close');
  });
  injectFaults(app, context.faults, context.journal);
  app.addHook('preParsing', async (request) => {
    request.bodyStream = openBody(request, context);
    return request.bodyStream;
  });
  // Whatever nobody read of a body still has to come off the connection before the next request on it.
  app.addHook('onResponse', async (request) => {
    request.bodyStream?.resume();
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/(.+\+)?json\b/,
    { parseAs: 'string', bodyLimit: jsonLimit },
    async (request: FastifyRequest, text: string) => parseJson(request, text, context),
  );
  app.addContentTypeParser('*', async () => undefined);

  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, onError));
  app.setNotFoundHandler(async (request) => {
    throw new PlatformError(
      404,
      'resource_not_exist',
      `There is no endpoint ${request.method} ${request.entry.path}.`,
    );
  });
  return app;
}

/** Lets closing wait for handlers whose client is gone: they still clean up. */
function trackHandlers(app: FastifyInstance, context: Context): void {
  app.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function tracked(request, reply) {
      const result: unknown = handler.call(this, request, reply);
      if (result instanceof Promise) context.handlers.add(result);
      return result;
    };
  });
}

function openBody(request: FastifyRequest, context: Context): MeteredBody {
  const { raw, entry } = request;
  const hooks = bodyHooks(request.fault, request, context.faults);
  const body = new MeteredBody(hooks.piece, hooks.end);
  const record = (): void => {
    const summary = body.summary();
    if (
      summary.size > 0 ||
      raw.headers['transfer-encoding'] !== undefined ||
      raw.headers['content-length'] !== undefined
    ) {
      entry.body = summary;
    }
  };
  body.once('end', record);
  body.once('close', record);
  const { socket } = raw;
  const gone = (): void => {
    // Not `raw.complete`: that is true for a body that arrived in full and was cut off behind the parser.
    if (!body.writableFinished) body.destroy(new ClientGoneError('The client left'));
  };
  socket.once('close', gone);
  body.once('close', () => socket.off('close', gone));
  raw.once('error', gone);
  // Whoever reads the body sees its errors; without a reader there is nothing to report.
  body.on('error', () => undefined);
  raw.pipe(body);
  return body;
}

function parseJson(request: FastifyRequest, text: string, context: Context): unknown {
  // A body that no route takes is not worth the memory.
  if (request.is404 || text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PlatformError(400, 'parameter_invalid', 'The body is not valid JSON.');
  }
  if (depthOf(value) > DEEPEST) {
    const message = `The body has more than ${DEEPEST} levels of objects and lists.`;
    throw new PlatformError(400, 'parameter_invalid', message);
  }
  context.journal.addJson(request.entry, text);
  return value;
}

/** Levels of a JSON body: what looks into it does so recursively. */
const DEEPEST = 200;

function depthOf(value: unknown): number {
  const isNested = (one: unknown) => typeof one === 'object' && one !== null;
  let depth = 0;
  for (let level = [value].filter(isNested); level.length > 0 && depth <= DEEPEST; depth++)
    level = level.flatMap((one) => Object.values(one as object)).filter(isNested);
  return depth;
}

function answerError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  onError: (error: unknown) => void,
): FastifyReply {
  if (error instanceof ClientGoneError || error.code === 'ERR_STREAM_PREMATURE_CLOSE') {
    reply.hijack();
    request.raw.destroy();
    return reply;
  }
  const answer = (status: number, code: ErrorCode, message: string, retryAfter?: string): FastifyReply =>
    reply.code(status).send(errorBody(request, { status, code, message }, retryAfter));
  if (error instanceof PlatformError) {
    for (const [name, value] of Object.entries(error.headers)) reply.header(name, value);
    return answer(error.status, error.code, error.message, error.retryAfter);
  }
  if (isDiskFull(error))
    return answer(507, 'insufficient_storage', 'The emulator has no room left in its data folder.');
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return answer(error.statusCode, 'parameter_invalid', error.message);
  }
  onError(error);
  return answer(500, 'internal_server_error', 'The emulator failed; its standard error says why.');
}

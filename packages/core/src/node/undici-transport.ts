import type { Readable } from 'node:stream';
import { request as undiciRequest } from 'undici';
import { parseCredentials } from '../credentials.ts';
import { AbortedError } from '../errors/aborted-error.ts';
import { ValidationError } from '../errors/validation-error.ts';
import { masked } from '../http/mask.ts';
import { readAnswer } from '../http/read-answer.ts';
import type { HttpRequest, HttpResponse, Transport } from '../ports.ts';
import { isLoopback } from '../validation/web-url.ts';
import { guardedLookup, requirePublicHost } from './address-guard.ts';
import { Connections } from './connections.ts';
import { goesDirect, type ProxyOptions, proxiesOf } from './proxies.ts';
import { defaultUserAgent } from './user-agent.ts';

export interface UndiciTransportOptions extends ProxyOptions {
  readonly apiKey: string;
  /** The platform's by default. */
  readonly baseUrl?: string | undefined;
  /** For requests that name none. */
  readonly userAgent?: string | undefined;
  /** PEM certificates of authorities that are trusted beside those of Node.js (and of `NODE_EXTRA_CA_CERTS`). */
  readonly ca?: string | readonly string[] | undefined;
  /**
   * Upload URLs come from the platform's answers and have to lead to public addresses. `true` for a network that
   * reaches the storage by private ones. A base URL on loopback allows them by itself.
   */
  readonly allowPrivateUploads?: boolean | undefined;
}

export interface UndiciTransport extends Transport, AsyncDisposable {
  /**
   * Ends what is running, for good: from then on every request is an `AbortedError`, which core does not try again.
   * Releases the sockets. Without it, idle ones go after some seconds and hold no process.
   */
  close(): Promise<void>;
}

/**
 * Sends requests by undici: HTTP/1.1 with keep-alive and without pipelining, through a proxy where one is set.
 * Adds the API key to requests for the base URL's origin, and to no others.
 * @throws {ValidationError} when the key, the base URL or the proxy may not be used
 */
export function undiciTransport(options: UndiciTransportOptions): UndiciTransport {
  const { apiKey, baseUrl } = parseCredentials({ apiKey: options.apiKey, baseUrl: options.baseUrl });
  const { userAgent = defaultUserAgent(), ca, allowPrivateUploads = false } = options;
  const proxies = proxiesOf(options);
  const base = new URL(baseUrl);
  const guardsUploads = !allowPrivateUploads && !isLoopback(base.hostname);
  const connections = new Connections({ proxies, ca });
  let isClosed = false;

  function route(request: HttpRequest, url: URL) {
    if (request.authenticated) requireOrigin(url, base);
    const guarded = !request.authenticated && guardsUploads;
    if (guarded) requirePublicHost(url);
    return connections.dispatcher(
      goesDirect(url, proxies) ? 'direct' : 'proxy',
      guarded ? guardedLookup : undefined,
    );
  }

  return {
    async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
      const url = new URL(request.url);
      const what = `${request.method} ${url.pathname}, whose connections were closed,`;
      if (isClosed) throw new AbortedError(what);
      const dispatcher = route(request, url);
      const { body } = request;
      const sending = connections.use(signal, async () => {
        const response = await undiciRequest(url, {
          dispatcher,
          signal,
          method: request.method,
          headers: {
            'user-agent': userAgent,
            ...request.headers,
            ...(body?.type ? { 'content-type': body.type } : {}),
            ...(body?.size === undefined ? {} : { 'content-length': String(body.size) }),
            ...(request.authenticated ? { 'x-api-key': apiKey } : {}),
          },
          // undici takes async iterables, as its documentation says; its types do not. It asks for the next chunk when
          // the socket has drained, unless the chunk is smaller than what a socket holds back (64 KiB): it may be used again.
          body: body ? (body.stream({ reuse: true }) as AsyncIterable<Uint8Array> & Readable) : null,
        });
        return {
          status: response.statusCode,
          headers: plainHeaders(response.headers, apiKey),
          body: await readAnswer(request, response.statusCode, response.body, apiKey),
        };
      });
      return sending.catch((error: unknown) => {
        throw isClosed ? new AbortedError(what, error) : error;
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };

  function close(): Promise<void> {
    isClosed = true;
    return connections.close();
  }
}

/** A request that should carry the key, but goes elsewhere, is a mistake that must not become a leak. */
function requireOrigin(url: URL, base: URL): void {
  if (url.origin === base.origin) return;
  const message = `must be at ${base.origin}: the API key goes nowhere else`;
  throw new ValidationError([{ field: 'url', rule: 'origin', message, received: `a URL at ${url.origin}` }]);
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  secret: string,
): Record<string, string> {
  const known = Object.entries(headers).filter(
    (entry): entry is [string, string | string[]] => entry[1] !== undefined,
  );
  return Object.fromEntries(
    known.map(([name, value]) => [name, masked(Array.isArray(value) ? value.join(', ') : value, secret)]),
  );
}

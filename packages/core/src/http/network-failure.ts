import { NetworkError } from '../errors/network-error.ts';
import { excerpt } from '../text/excerpt.ts';

/** What the usual error codes of sockets, name look-ups and TLS mean. Sources: Node.js and undici error codes. */
const MEANINGS: readonly (readonly [RegExp, string, string])[] = [
  [/^(ENOTFOUND|EAI_)/, 'its name could not be resolved', 'Check the base URL and the DNS of this machine.'],
  [/^ECONNREFUSED/, 'it refused the connection', 'Check the base URL, and that nothing blocks the way.'],
  [/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN)/, 'it can not be reached', 'Check the network of this machine.'],
  [
    /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)/,
    'the connection timed out',
    'Check the network and any firewall or proxy.',
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE)/,
    'the connection was closed',
    'Try again; a proxy with a limit on size or time may be in the way.',
  ],
  [
    /CERT|SELF_SIGNED|TLS|SSL|UNABLE_TO_(VERIFY|GET_ISSUER)/,
    'its certificate or TLS connection was not accepted',
    'Check the base URL and the certificate authorities of this machine.',
  ],
  [
    /^(HPE_|UND_ERR_INFO|UND_ERR_RES|UND_ERR_REQ|UND_ERR_HEADERS_OVERFLOW)/,
    'its answer is not valid HTTP',
    'Check the base URL, and what stands between this machine and it.',
  ],
];

/** Puts whatever a transport threw into words that hold no header and no URL. */
export function networkFailure(error: unknown, url: string): NetworkError {
  const host = excerpt(new URL(url).host, 100);
  const code = codeOf(error);
  const known = MEANINGS.find(([pattern]) => code !== undefined && pattern.test(code));
  const why = known ? `${known[1]} (${code})` : code ? `the request failed (${code})` : 'the request failed';
  return new NetworkError(`No answer from ${host}: ${why}`, host, {
    hint: known?.[2] ?? 'Check the network between this machine and the platform, then try again.',
    cause: plain(error, code),
  });
}

/**
 * A transport's errors hold more than a log may see: axios keeps the request with its headers, undici the bytes of an
 * answer that it could not read, in which a server can repeat the key.
 */
function plain(error: unknown, code: string | undefined): Error {
  const cause = new Error(error instanceof Error ? excerpt(error.message) : 'no error object was thrown');
  return Object.assign(cause, code === undefined ? {} : { code });
}

/** Whether the failure shows that no connection was made, so that nothing can have arrived. */
export function neverConnected(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  // A certificate is looked at before anything is sent; transports such as axios take the body before that.
  return (
    /^(ENOTFOUND|EAI_|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT)/.test(code) ||
    /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|WRONG_VERSION_NUMBER/.test(code)
  );
}

/** The code of an error, of what it wraps, or of the first of several connection attempts. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (
    typeof code === 'string' &&
    /^[A-Z][A-Z0-9_]{2,60}$/.test(code) &&
    code !== 'UND_ERR' &&
    code !== 'ERR_BAD_REQUEST'
  )
    return code;
  return codeOf(cause, depth + 1) ?? (Array.isArray(errors) ? codeOf(errors[0], depth + 1) : undefined);
}

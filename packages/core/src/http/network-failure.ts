import { NetworkError } from '../errors/network-error.ts';
import { excerpt } from '../text/excerpt.ts';

interface Meaning {
  readonly codes: RegExp;
  readonly why: string;
  readonly hint: string;
  readonly isPermanent?: true;
}

/** What the usual error codes of sockets, name resolution and TLS mean. Sources: Node.js and undici error codes. */
const MEANINGS: readonly Meaning[] = [
  {
    codes: /^(ENOTFOUND|EAI_)/,
    why: 'its name could not be resolved',
    hint: 'Check the base URL and the DNS of this machine.',
  },
  {
    codes: /^ECONNREFUSED/,
    why: 'it refused the connection',
    hint: 'Check the base URL, and that nothing blocks the way.',
  },
  {
    codes: /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN)/,
    why: 'it cannot be reached',
    hint: 'Check the network of this machine.',
  },
  {
    codes: /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)/,
    why: 'the connection timed out',
    hint: 'Check the network and any firewall or proxy.',
  },
  {
    codes: /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE)/,
    why: 'the connection was closed',
    hint: 'Try again; a proxy with a limit on size or time may be in the way.',
  },
  {
    codes: /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/,
    why: 'its certificate was not accepted',
    hint: 'Check the base URL. For a certificate authority of your own, set NODE_EXTRA_CA_CERTS to its PEM file and restart.',
    isPermanent: true,
  },
  {
    codes: /TLS|SSL/,
    why: 'no TLS connection could be made',
    hint: 'Check the base URL, and whether a proxy stands between this machine and the platform.',
  },
  {
    codes: /^(HPE_|UND_ERR_INFO|UND_ERR_RES|UND_ERR_REQ|UND_ERR_HEADERS_OVERFLOW)/,
    why: 'its response is not valid HTTP',
    hint: 'Check the base URL, and what stands between this machine and it.',
  },
];

/** Describes whatever a transport threw in words that contain no header and no URL. */
export function networkFailure(error: unknown, url: string): NetworkError {
  const host = excerpt(new URL(url).host, 100);
  const code = codeOf(error);
  const known = proxyRefusal(error) ?? MEANINGS.find(({ codes }) => code !== undefined && codes.test(code));
  const why = known?.why ?? 'the request failed';
  return new NetworkError(`No response from ${host}: ${why}${code ? ` (${code})` : ''}`, host, {
    hint: known?.hint ?? 'Check the network between this machine and the platform, then try again.',
    cause: plain(error, code),
    ...(known?.isPermanent ? { isPermanent: true } : {}),
  });
}

/** A proxy that refused the tunnel, or a plain request, in undici's words. A gateway's 5xx may be over at the next attempt. */
function proxyRefusal(error: unknown): Omit<Meaning, 'codes'> | undefined {
  const message = error instanceof Error ? error.message : '';
  const status = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(message)?.[1];
  if (!status) return undefined;
  if (status === '407') {
    return {
      why: 'the proxy asks for a user name and password (HTTP 407)',
      hint: 'Put them into the URL of the proxy: http://user:password@host:port, with a % in the password written as %25.',
      isPermanent: true,
    };
  }
  const hint = 'Check the proxy settings of this machine, and that the proxy allows this host.';
  const why = `the proxy refused the connection (HTTP ${status})`;
  return status.startsWith('5') ? { why, hint } : { why, hint, isPermanent: true };
}

/**
 * A transport's errors contain more than a log may show: axios keeps the request with its headers, undici the bytes of an
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

import { ValidationError } from '../errors/validation-error.ts';
import { shapeOf } from '../validation/shape.ts';
import { trimmed } from '../validation/text.ts';
import { isLoopback } from '../validation/web-url.ts';
import { isExempt } from './no-proxy.ts';

export interface ProxyOptions {
  /** URL of an HTTP(S) proxy for every request, `''` for none; by default `HTTP_PROXY` and `HTTPS_PROXY` say. */
  readonly proxy?: string | undefined;
  /** Hosts that are reached without it, comma-separated; by default `NO_PROXY` says. */
  readonly noProxy?: string | undefined;
}

/** Effective proxies; `''` for none. */
export interface Proxies {
  readonly http: string;
  readonly https: string;
  readonly noProxy: string;
  /** Whether the environment says so, and not the caller. */
  readonly isInherited: boolean;
}

/**
 * Lower-case variables win over upper-case ones, as in curl and undici; https falls back to http, as in undici.
 * @throws {ValidationError} for what is no URL, without showing it: it may hold a password
 */
export function proxiesOf({ proxy, noProxy }: ProxyOptions, env: NodeJS.ProcessEnv = process.env): Proxies {
  const http = proxy ?? env.http_proxy ?? env.HTTP_PROXY ?? '';
  const https = proxy ?? env.https_proxy ?? env.HTTPS_PROXY ?? http;
  const exempt = noProxy ?? env.no_proxy ?? env.NO_PROXY ?? '';
  return { http: checked(http), https: checked(https), noProxy: exempt, isInherited: proxy === undefined };
}

/**
 * Whether a request goes around the proxy: where `NO_PROXY` says so, and where it goes to this very machine, which a
 * proxy elsewhere cannot reach, and whose plain text any proxy would see, API key included. A caller may name a proxy on
 * this machine for that, to watch requests.
 */
export function goesDirect(url: URL, { http, https, noProxy, isInherited }: Proxies): boolean {
  if (isExempt(url, noProxy)) return true;
  const proxy = url.protocol === 'http:' ? http : https;
  if (!isLoopback(url.hostname) || proxy === '') return false;
  return isInherited || !isLoopback(new URL(proxy).hostname);
}

function checked(given: string): string {
  if (given === '') return '';
  // curl takes "proxy:3128" as well, so people write it.
  const text = trimmed(/^[a-z][a-z\d+.-]*:\//i.test(given.trim()) ? given : `http://${given.trim()}`);
  const url = /^https?:\/\/[^/]/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  // "/", "?", "#" and a backslash end the host: what stands before "@" would be it.
  if (text.includes('@') && !(url && isReadable(url)))
    throw refused(
      'credentials',
      'must have special characters in the user name or password percent-encoded: "%" is written as %25, "/" as %2F, "#" as %23',
      given,
    );
  if (!url) throw refused('absolute', 'must be the http or https URL of a proxy', given);
  return text;
}

/** Whether what stands before the "@" is all user name and password, as they were meant. */
function isReadable({ username, password, pathname, search, hash }: URL): boolean {
  try {
    decodeURIComponent(username + password);
  } catch {
    return false;
  }
  return username + password !== '' && !(pathname + search + hash).includes('@');
}

function refused(rule: string, message: string, given: string): ValidationError {
  const where = ' (also where HTTP_PROXY or HTTPS_PROXY give it)';
  return new ValidationError([{ field: 'proxy', rule, message: message + where, received: shapeOf(given) }]);
}

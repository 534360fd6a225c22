import { ValidationError } from '../errors/validation-error.ts';
import { shapeOf } from '../validation/shape.ts';
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
 * Whether a request goes around the proxy: where `NO_PROXY` says so, and where it goes to this very machine in plain text,
 * since the proxy would see the API key. A caller may name a proxy on this machine for that, to watch requests.
 */
export function goesDirect(url: URL, { http, noProxy, isInherited }: Proxies): boolean {
  if (isExempt(url, noProxy)) return true;
  if (url.protocol !== 'http:' || !isLoopback(url.hostname) || http === '') return false;
  return isInherited || !isLoopback(new URL(http).hostname);
}

function checked(given: string): string {
  if (given === '') return '';
  // curl takes "proxy:3128" as well, so people write it.
  const text = given.includes('://') ? given : `http://${given}`;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw refused('absolute', 'must be the http or https URL of a proxy', given);
  }
  const { username, password } = new URL(text);
  try {
    decodeURIComponent(username + password);
  } catch {
    throw refused('credentials', 'must have "%" in the user name or password written as %25', given);
  }
  return text;
}

function refused(rule: string, message: string, given: string): ValidationError {
  const where = ' (also where HTTP_PROXY or HTTPS_PROXY give it)';
  return new ValidationError([{ field: 'proxy', rule, message: message + where, received: shapeOf(given) }]);
}

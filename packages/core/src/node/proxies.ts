import { ValidationError } from '../errors/validation-error.ts';
import { shapeOf } from '../validation/shape.ts';
import { isLoopback } from '../validation/web-url.ts';

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
  readonly noProxy: string | undefined;
}

/**
 * Lower-case variables win over upper-case ones, as in curl and undici; https falls back to http, as in undici.
 * @throws {ValidationError} for what is no URL, without showing it: it may hold a password
 */
export function proxiesOf({ proxy, noProxy }: ProxyOptions, env: NodeJS.ProcessEnv = process.env): Proxies {
  const http = proxy ?? env.http_proxy ?? env.HTTP_PROXY ?? '';
  const https = proxy ?? env.https_proxy ?? env.HTTPS_PROXY ?? http;
  return { http: checked(http), https: checked(https), noProxy };
}

/**
 * A plain-text request to this very machine goes through a proxy on this machine only: elsewhere it would carry the
 * API key over the network in clear, and could not be answered anyway.
 */
export function mustGoDirect({ protocol, hostname }: URL, { http }: Proxies): boolean {
  return protocol === 'http:' && isLoopback(hostname) && http !== '' && !isLoopback(new URL(http).hostname);
}

function checked(given: string): string {
  if (given === '') return '';
  // curl takes "proxy:3128" as well, so people write it.
  const text = given.includes('://') ? given : `http://${given}`;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  const message = 'must be the http or https URL of a proxy (also where HTTP_PROXY or HTTPS_PROXY give it)';
  throw new ValidationError([{ field: 'proxy', rule: 'absolute', message, received: shapeOf(given) }]);
}

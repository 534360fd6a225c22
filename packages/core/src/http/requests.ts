import type { HttpMethod, HttpRequest, RequestBody } from '../ports.ts';

/** Milliseconds without progress after which a request is aborted, unless the caller says otherwise. */
export const DEFAULT_IDLE_TIMEOUT = 60_000;

/** A page of 50 assets with all their technical metadata stays far below; what is longer is not the platform. */
const MAX_RESPONSE_BYTES = 8 * 1024 ** 2;

export interface RequestContext {
  readonly baseUrl: string;
  readonly userAgent?: string | undefined;
  /** Milliseconds. */
  readonly idleTimeout?: number | undefined;
}

export type Query = Readonly<Record<string, unknown>>;

/**
 * A request to the platform itself, which carries the API key.
 * @param path below the base URL, its values encoded
 * @param query arrays repeat their name, as the official SDK sends them; what is `undefined` is left out
 */
export function apiRequest(
  context: RequestContext,
  method: HttpMethod,
  path: string,
  {
    query = {},
    body,
    lines = false,
  }: { query?: Query; body?: RequestBody | undefined; lines?: boolean } = {},
): HttpRequest {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined) search.append(name, String(item));
  }
  const url = `${context.baseUrl.replace(/\/+$/, '')}/${path}${search.size > 0 ? `?${search}` : ''}`;
  return {
    method,
    url,
    headers: {
      accept: lines ? 'application/x-ndjson, application/json' : 'application/json',
      ...userAgent(context),
    },
    ...(body ? { body } : {}),
    authenticated: true,
    ...(lines ? { lines } : {}),
    ...limits(context),
  };
}

/** A chunk for a presigned URL, which must not see the API key. */
export function presignedPut(
  context: RequestContext,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: RequestBody,
): HttpRequest {
  return {
    method: 'PUT',
    url,
    headers: { ...headers, ...userAgent(context) },
    body,
    authenticated: false,
    ...limits(context),
  };
}

const limits = ({ idleTimeout = DEFAULT_IDLE_TIMEOUT }: RequestContext) => ({
  idleTimeout,
  maxResponseBytes: MAX_RESPONSE_BYTES,
});
const userAgent = ({ userAgent }: RequestContext) => (userAgent ? { 'user-agent': userAgent } : {});

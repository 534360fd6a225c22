import type { HttpMethod, HttpRequest, RequestBody } from '../ports.ts';

/** Milliseconds without progress after which a request is ended, unless the caller says otherwise. */
export const DEFAULT_IDLE_TIMEOUT = 60_000;

/** A page of 50 assets with all their technical metadata stays far below; what is longer is not the platform. */
const MAX_RESPONSE_BYTES = 8 * 1024 ** 2;

export interface RequestContext {
  readonly baseUrl: string;
  readonly userAgent?: string | undefined;
  /** Milliseconds. */
  readonly idleTimeout?: number | undefined;
}

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A request to the platform itself, which carries the API key. */
export function apiRequest(
  context: RequestContext,
  method: HttpMethod,
  segments: readonly string[],
  { query = {}, body }: { query?: Query; body?: RequestBody } = {},
): HttpRequest {
  const path = segments.map(encodeURIComponent).join('/');
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    // Arrays repeat their name, as the official SDK sends them.
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined) search.append(name, String(item));
  }
  const url = `${context.baseUrl.replace(/\/+$/, '')}/${path}${search.size > 0 ? `?${search}` : ''}`;
  return {
    method,
    url,
    headers: { accept: 'application/json', ...userAgent(context) },
    ...(body ? { body } : {}),
    authenticated: true,
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

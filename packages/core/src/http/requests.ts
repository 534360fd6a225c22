import type { HttpMethod, HttpRequest, RequestBody } from '../ports.ts';

/** Milliseconds without progress after which a request is aborted, unless the caller says otherwise. */
export const DEFAULT_IDLE_TIMEOUT = 60_000;

/** A page of 50 assets with all their technical metadata stays far below; what is longer is not the platform. */
const MAX_RESPONSE_BYTES = 8 * 1024 ** 2;

/** The longest answer of a model (98,304 tokens), each token on its own line, stays below. */
const MAX_LINES_BYTES = 32 * 1024 ** 2;

/** The embeddings of four hours of video (three vectors of 512 numbers every two seconds) stay below. */
const MAX_LARGE_RESPONSE_BYTES = 256 * 1024 ** 2;

export interface RequestContext {
  readonly baseUrl: string;
  readonly userAgent?: string | undefined;
  /** Milliseconds. */
  readonly idleTimeout?: number | undefined;
  /** The `Idempotency-Key` of requests that have one; a random one each by default. */
  readonly idempotencyKey?: string | undefined;
}

export type Query = Readonly<Record<string, unknown>>;

interface RequestParts {
  /**
   * As the official SDK sends it: an array repeats its name, and a range is sent as `duration[gte]`. What is
   * `undefined` is left out.
   */
  readonly query?: Query;
  readonly body?: RequestBody | undefined;
  readonly lines?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the answer may be far longer than a page of a list. */
  readonly isLarge?: boolean;
}

/**
 * A request to the platform itself, which carries the API key.
 * @param path below the base URL, its values encoded
 */
export function apiRequest(
  context: RequestContext,
  method: HttpMethod,
  path: string,
  { query = {}, body, lines = false, headers = {}, isLarge = false }: RequestParts = {},
): HttpRequest {
  const search = new URLSearchParams(queryPairs(query));
  const url = `${context.baseUrl.replace(/(?<!\/)\/+$/, '')}/${path}${search.size > 0 ? `?${search}` : ''}`;
  return {
    method,
    url,
    headers: {
      accept: lines ? 'application/x-ndjson, application/json' : 'application/json',
      ...headers,
      ...common(context),
    },
    ...(body ? { body } : {}),
    authenticated: true,
    ...limits(context),
    ...(lines ? { lines, maxResponseBytes: MAX_LINES_BYTES } : {}),
    ...(isLarge ? { maxResponseBytes: MAX_LARGE_RESPONSE_BYTES } : {}),
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
    headers: { ...headers, ...common(context) },
    body,
    authenticated: false,
    ...limits(context),
  };
}

function queryPairs(query: Query): [string, string][] {
  return Object.entries(query).flatMap(([name, value]) => {
    if (Array.isArray(value)) return value.flatMap((item) => queryPairs({ [name]: item }));
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([key, item]) => queryPairs({ [`${name}[${key}]`]: item }));
    return value === undefined ? [] : [[name, String(value)]];
  });
}

const limits = ({ idleTimeout = DEFAULT_IDLE_TIMEOUT }: RequestContext) => ({
  idleTimeout,
  maxResponseBytes: MAX_RESPONSE_BYTES,
});
const common = ({ userAgent }: RequestContext) => ({
  // Nothing compressed is asked for, so that no small answer can unpack into a large one.
  'accept-encoding': 'identity',
  ...(userAgent ? { 'user-agent': userAgent } : {}),
});

import type { HttpRequest, RequestBody } from '../../src/index.ts';

export function getRequest(url: string, overrides: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'GET',
    url,
    headers: { accept: 'application/json' },
    authenticated: true,
    idleTimeout: 60_000,
    maxResponseBytes: 1024 * 1024,
    ...overrides,
  };
}

export function putRequest(
  url: string,
  body: RequestBody,
  overrides: Partial<HttpRequest> = {},
): HttpRequest {
  return getRequest(url, { method: 'PUT', body, authenticated: false, ...overrides });
}

export function bodyOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  size: number | undefined,
  type = 'application/octet-stream',
): RequestBody {
  return {
    size,
    type,
    async *stream() {
      yield* chunks;
    },
    [Symbol.toStringTag]: 'Blob',
  };
}

/** Never aborts. */
export const forever: AbortSignal = new AbortController().signal;

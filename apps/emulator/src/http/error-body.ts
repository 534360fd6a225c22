import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ErrorCode } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How this route answers errors; `flat` unless it says otherwise. */
    errorShape?: 'nested' | 'nested-upper-case';
    /** True for routes whose 429 has no body. */
    emptyRateLimit?: boolean;
  }
}

/**
 * The body of an error in the shape that the platform has for the route: `{code, message}`, or nested under `error`,
 * or nothing.
 *
 * @param retryAfter seconds that the client has to wait, if any.
 */
export function errorBody(
  request: FastifyRequest,
  error: { readonly status: number; readonly code: ErrorCode; readonly message: string },
  retryAfter: string | undefined,
): object | undefined {
  const { errorShape, emptyRateLimit } = request.routeOptions.config;
  const { status, code, message } = error;
  // Keys are checked before any route is asked.
  const isNested = errorShape !== undefined && status !== 401;
  if (status === 429) {
    if (emptyRateLimit === true) return undefined;
    if (isNested) return nested('RATE_LIMIT_EXCEEDED', message, { retryAfter });
  }
  if (!isNested) return { code, message };
  if (status >= 500) return nested('INTERNAL_SERVER_ERROR', message, { requestId: randomUUID() });
  if (errorShape === 'nested-upper-case' && status === 400) return nested('VALIDATION_ERROR', message);
  return nested(code, message);
}

function nested(code: string, message: string, details?: object): object {
  return { error: { code, message, ...(details !== undefined && { details }) } };
}

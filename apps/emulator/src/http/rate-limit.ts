import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type Clock, timestamp } from '../clock.ts';
import { PlatformError } from '../errors.ts';
import type { RateLimitOptions } from '../options.ts';

interface Window {
  /** Milliseconds since the epoch. */
  readonly ends: number;
  used: number;
}

/** Counts requests per key and category in windows that start with their first request. */
export class RateLimiter {
  readonly #options: RateLimitOptions;
  readonly #clock: Clock;
  #windows = new Map<string, Window>();

  constructor(options: RateLimitOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /**
   * Counts a request.
   *
   * @returns the headers that say how much is left.
   * @throws {PlatformError} 429 when nothing is.
   */
  count(key: string, category: string): Record<string, string> {
    const { limit, windowSeconds, retryAfter } = this.#options;
    const now = this.#clock.now();
    const name = `${category} ${createHash('sha256').update(key).digest('hex')}`;
    let window = this.#windows.get(name);
    if (window === undefined || window.ends <= now) {
      window = { ends: now + windowSeconds * 1000, used: 0 };
      this.#windows.set(name, window);
    }
    const refused = window.used >= limit;
    if (!refused) window.used += 1;
    const reset = Math.ceil(window.ends / 1000);
    const headers = {
      'X-Ratelimit-Limit': String(limit),
      'X-Ratelimit-Remaining': String(limit - window.used),
      'X-Ratelimit-Used': String(window.used),
      'X-Ratelimit-Reset': String(reset),
      // The newest platform's own names.
      'X-RateLimit-Request-Remaining': String(limit - window.used),
      'X-RateLimit-Request-Reset': String(reset),
    };
    if (!refused) return headers;
    const wait = String(Math.ceil((window.ends - now) / 1000));
    throw new PlatformError(
      429,
      'too_many_requests',
      `You have exceeded the rate limit (${limit}req/${spell(windowSeconds)}). Please try again later after ${timestamp(reset * 1000)}.`,
      { ...headers, ...(retryAfter && { 'Retry-After': wait }) },
      wait,
    );
  }

  reset(): void {
    this.#windows = new Map();
  }
}

/** Routes that are counted apart from all others. Source: "This endpoint is rate-limited" in the API reference. */
const categories = new Set([
  ...['/assets', '/indexes/:index/indexed-assets', '/search'],
  ...['/analyze', '/analyze/tasks', '/embed-v2', '/embed-v2/tasks'],
]);

/** Limits the routes of `app`. */
export function limitRates(app: FastifyInstance, limiter: RateLimiter): void {
  app.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url?.replace(/^\/v1\.3/, '') ?? '';
    const category = request.method === 'POST' && categories.has(route) ? route : 'other';
    const headers = limiter.count(String(request.headers['x-api-key']), category);
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  });
}

function spell(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}hour`;
  if (seconds % 60 === 0) return `${seconds / 60}min`;
  return `${seconds}sec`;
}

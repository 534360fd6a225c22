import { baseUrl, DEFAULT_BASE_URL } from '../credentials.ts';
import type { Clock, Transport } from '../ports.ts';
import { parse } from '../validation/parse.ts';
import type { CallContext } from './call.ts';
import { withDeadline } from './deadline.ts';
import type { IterableOperation } from './iterable-operation.ts';
import type { Connection, Operation } from './operation.ts';
import type { RequestOptions } from './request-options.ts';
import { policyOf, type RetryOverrides } from './retry-timing.ts';

/** What a client runs on. */
export interface ClientOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /**
   * https, or http on loopback.
   * @default 'https://api.twelvelabs.io/v1.3'
   */
  readonly baseUrl?: string | undefined;
  /** Names the package and version that calls. */
  readonly userAgent?: string | undefined;
  /** For all calls; a call can override it. */
  readonly retry?: RetryOverrides | undefined;
  /** Aborts all calls. */
  readonly signal?: AbortSignal | undefined;
}

/** A transport, an address and a policy: what all resources of one account share. */
export class ApiConnection implements Connection {
  readonly #options: ClientOptions & { readonly baseUrl: string };

  /** @throws {ValidationError} when `baseUrl` may not be used */
  constructor(options: ClientOptions) {
    this.#options = { ...options, baseUrl: parse(baseUrl, options.baseUrl ?? DEFAULT_BASE_URL, 'baseUrl') };
  }

  get baseUrl(): string {
    return this.#options.baseUrl;
  }

  /** Runs an operation with input that nobody has checked yet. */
  call<T>(operation: Operation<T>, params: unknown, options?: unknown): Promise<T> {
    return operation.run(this, params, options);
  }

  /** The same for an operation with many results. */
  iterate<T>(
    operation: IterableOperation<T>,
    params: unknown,
    options?: unknown,
  ): AsyncGenerator<T, void, undefined> {
    return operation.iterate(this, params, options);
  }

  /** @param options that were checked */
  run<T>(options: RequestOptions, work: (context: CallContext) => Promise<T>): Promise<T> {
    const { transport, clock, userAgent, retry, baseUrl, signal: closing } = this.#options;
    const { signal, timeout, idleTimeout, onRetry } = options;
    const policy = policyOf(retry, options.retry);
    return withDeadline(clock, [signal, closing], timeout, (ending) =>
      work({ transport, clock, baseUrl, userAgent, policy, signal: ending, idleTimeout, onRetry }),
    );
  }
}

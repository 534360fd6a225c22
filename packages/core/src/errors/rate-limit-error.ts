import { ApiError, type ApiErrorDetails } from './api-error.ts';
import type { ErrorOptions } from './twelvelabs-error.ts';

/** Too many requests (429), after the retries that the policy allows. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError';
  override readonly code = 'rate_limit';
  /** Milliseconds that the platform asked to wait, when it said so. */
  readonly retryAfter: number | undefined;

  constructor(
    details: ApiErrorDetails & { readonly retryAfter?: number | undefined },
    options: ErrorOptions = {},
  ) {
    super(details, options);
    this.retryAfter = details.retryAfter;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }) };
  }
}

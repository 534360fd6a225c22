/** Shared by every copy of this package in a process, so that errors are recognised across bundles. */
const BRAND = Symbol.for('@twelvelabs-nodes/core/error');

export type ErrorCode =
  | 'validation'
  | 'api'
  | 'authentication'
  | 'rate_limit'
  | 'conflict'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'asset_failed'
  | 'file_read'
  | 'uncertain_outcome'
  | 'unexpected_response'
  | 'upload_session';

export interface ErrorOptions {
  /** What the reader can do next, as one or two sentences. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Every error that core throws extends this one. Messages never hold the API key. */
export abstract class TwelveLabsError extends Error {
  abstract readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is an error of this library, from whichever copy of it; a foreign error with the same name is not. */
  static is(value: unknown): value is TwelveLabsError {
    return value instanceof Error && BRAND in value;
  }

  /** Plain details for an output or a log line: no stack, no cause, no secret. */
  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      ...(this.hint ? { hint: this.hint } : {}),
    };
  }
}

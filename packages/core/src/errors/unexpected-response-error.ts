import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

/** The answer is not what this endpoint is documented to say: not JSON, a missing field, a value that can't be. */
export class UnexpectedResponseError extends TwelveLabsError {
  override readonly name = 'UnexpectedResponseError';
  readonly code = 'unexpected_response';
  readonly status: number | undefined;

  constructor(message: string, status?: number, options: ErrorOptions = {}) {
    super(message, {
      hint: 'Check the base URL, and whether a proxy or a login page answers in the place of the platform.',
      ...options,
    });
    this.status = status;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), ...(this.status === undefined ? {} : { status: this.status }) };
  }
}

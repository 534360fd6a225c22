import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

export interface UnexpectedResponseOptions extends ErrorOptions {
  /** The answer is a page or a redirect: something other than the platform answered. */
  readonly isForeign?: boolean;
}

/** The answer is not as the API reference documents it: not JSON, a missing field, a value that is not possible. */
export class UnexpectedResponseError extends TwelveLabsError {
  override readonly name = 'UnexpectedResponseError';
  readonly code = 'unexpected_response';
  readonly status: number | undefined;
  readonly isForeign: boolean;

  constructor(
    message: string,
    status?: number,
    { isForeign = false, ...options }: UnexpectedResponseOptions = {},
  ) {
    super(message, {
      hint: 'Check the base URL, and whether a proxy or a login page answers instead of the platform.',
      ...options,
    });
    this.status = status;
    this.isForeign = isForeign;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), ...(this.status === undefined ? {} : { status: this.status }) };
  }
}

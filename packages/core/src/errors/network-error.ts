import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

export interface NetworkErrorOptions extends ErrorOptions {
  /** Another attempt will fail the same way: a certificate is not accepted, or a proxy refuses. */
  readonly isPermanent?: boolean;
}

/** No answer was received: the name did not resolve, the connection was refused, reset or closed. Excludes time limits. */
export class NetworkError extends TwelveLabsError {
  override readonly name = 'NetworkError';
  readonly code = 'network';
  /** Host and port of the request. */
  readonly host: string;
  readonly isPermanent: boolean;

  constructor(message: string, host: string, { isPermanent = false, ...options }: NetworkErrorOptions = {}) {
    super(message, options);
    this.host = host;
    this.isPermanent = isPermanent;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), host: this.host };
  }
}

import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

/** No answer was received: the name did not resolve, the connection was refused, reset or closed. Excludes time limits. */
export class NetworkError extends TwelveLabsError {
  override readonly name = 'NetworkError';
  readonly code = 'network';
  /** Host and port that were asked. */
  readonly host: string;

  constructor(message: string, host: string, options: ErrorOptions = {}) {
    super(message, options);
    this.host = host;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), host: this.host };
  }
}

import { TwelveLabsError } from './twelvelabs-error.ts';

/** The caller's signal aborted the call. Excludes time limits. */
export class AbortedError extends TwelveLabsError {
  override readonly name = 'AbortedError';
  readonly code = 'aborted';

  constructor(what: string, cause?: unknown) {
    super(`${what} was canceled`, { cause });
  }
}

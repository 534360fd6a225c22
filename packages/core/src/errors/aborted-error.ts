import { TwelveLabsError } from './twelvelabs-error.ts';

/** The caller's signal aborted the call. Excludes time limits. */
export class AbortedError extends TwelveLabsError {
  override readonly name = 'AbortedError';
  readonly code = 'aborted';

  /** What may exist although nobody waited for the answer: `an asset`. Its id is unknown. */
  readonly mayExist: string | undefined;

  constructor(what: string, cause?: unknown, mayExist?: string) {
    const soThat = mayExist ? ` after everything was sent, so that ${mayExist} may have been created` : '';
    super(`${what} was canceled${soThat}`, {
      cause,
      hint: mayExist && `Check whether ${mayExist} was created before you run this again.`,
    });
    this.mayExist = mayExist;
  }
}

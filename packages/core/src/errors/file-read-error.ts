import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

/** The file could not be read, or is not what it was when the upload began: it vanished, grew or shrank. */
export class FileReadError extends TwelveLabsError {
  override readonly name = 'FileReadError';
  readonly code = 'file_read';

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, {
      hint: 'No asset was created. Make sure that the file is complete and stays in place, then run again.',
      ...options,
    });
  }
}

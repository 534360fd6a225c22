import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

/** The file could not be read, or is not what it was when the upload began: it vanished, grew or shrank. */
export class FileReadError extends TwelveLabsError {
  override readonly name = 'FileReadError';
  readonly code = 'file_read';
  /** What is wrong, without the name of the parameter in front: hosts name the field that people see. */
  readonly problem: string;

  constructor(problem: string, options: ErrorOptions = {}) {
    super(`file: ${problem}`, {
      hint: 'Make sure that the file is complete and stays in place, then run again.',
      ...options,
    });
    this.problem = problem;
  }
}

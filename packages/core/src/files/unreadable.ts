import { FileReadError } from '../errors/file-read-error.ts';
import { TwelveLabsError } from '../errors/twelvelabs-error.ts';

/** What a source threw, as an error of this library; one that is already stays as it is. */
export function unreadable(cause: unknown): TwelveLabsError {
  if (TwelveLabsError.is(cause)) return cause;
  const code = (cause as { code?: unknown } | null)?.code;
  const why = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : 'the source reported an error';
  return new FileReadError(`could not be read to its end (${why})`, { cause });
}

import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileReadError } from '../errors/file-read-error.ts';
import { ValidationError } from '../errors/validation-error.ts';
import type { FileSource, StreamOptions } from '../ports.ts';
import { excerpt } from '../text/excerpt.ts';
import { shapeOf } from '../validation/shape.ts';
import { readRange } from './read-range.ts';

/**
 * A file on this machine's disk. Inspects it now and reads it when asked to; keeps no handle open in between.
 * A file that is changed after this call is refused when it is read, at the latest before its last bytes leave, instead
 * of sending a mixture.
 * @param path what `node:fs` takes: a path (absolute, or relative to the working directory), as text or as a Buffer, or a
 * `file:` URL, which may also be a text
 * @throws {ValidationError} when there is no such file, or it is not a regular one
 * @throws {FileReadError} when it may not be read
 */
export async function fileFromPath(path: string | Buffer | URL): Promise<FileSource> {
  const { place, stats } = await found(placeOf(path));
  if (!stats.isFile()) throw invalid('regular', `${quoted(place)} must be a regular file`, kindOf(stats));
  // Opened, because access() asks for the real user, not the effective one.
  await (await opened(place)).close();
  const { size } = stats;
  const between = (start: number, end: number) => ({
    stream: (options?: StreamOptions) => read(place, stats, start, end, options),
  });
  return {
    name: basename(String(place)),
    size,
    stream: between(0, size).stream,
    slice: (start, end) => between(Math.max(0, start), Math.min(end, size)),
  };
}

/** A path as `node:fs` takes it; a Buffer is one that need not be valid Unicode. */
type Place = string | Buffer;

function placeOf(path: unknown): Place {
  if (path instanceof Uint8Array) return Buffer.from(path.buffer, path.byteOffset, path.byteLength);
  const text = typeof path === 'string' ? path : (path as { href?: unknown } | null)?.href;
  if (typeof text !== 'string' || text === '' || text.includes('\0'))
    throw invalid('path', 'must be the path of a file', shapeOf(path));
  if (text === path && !/^file:/i.test(text)) return text;
  try {
    return fileURLToPath(text);
  } catch {
    throw invalid(
      'path',
      'must be the path of a file, or a file: URL with a path on this machine',
      shapeOf(path),
    );
  }
}

/** What stands at a path. Programs print paths with a line break behind, which people pass on. */
async function found(place: Place): Promise<{ place: Place; stats: Stats }> {
  const trimmed = typeof place === 'string' ? place.trim() : place;
  try {
    return { place, stats: await stat(place) };
  } catch (cause) {
    if (!MISSING.includes(codeOf(cause) ?? '')) throw unreadable(place, cause);
    if (trimmed !== place && trimmed !== '') return found(trimmed);
    if (codeOf(cause) === 'ENAMETOOLONG')
      throw invalid('path', `${quoted(place)} is too long for the path of a file`, shapeOf(place));
    throw invalid('exists', `${quoted(place)} must be an existing file`, 'no such file');
  }
}

const MISSING = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'];

async function* read(
  place: Place,
  known: Stats,
  start: number,
  end: number,
  options: StreamOptions | undefined,
): AsyncGenerator<Uint8Array> {
  if (start >= end) return;
  const handle = await opened(place);
  const requireUnchanged = async () => {
    const now = await handle.stat();
    if (!now.isFile() || now.size !== known.size || now.mtimeMs !== known.mtimeMs)
      throw new FileReadError(`${quoted(place)} was changed after the upload began`);
  };
  try {
    await requireUnchanged();
    let position = start;
    for await (const piece of readRange(handle, start, end, options)) {
      position += piece.byteLength;
      if (position === end) await requireUnchanged();
      yield piece;
    }
  } finally {
    await handle.close();
  }
}

/** Never waits, as opening a named pipe would that took the place of the file. Windows has neither. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function opened(place: Place): Promise<FileHandle> {
  return open(place, READ).catch((cause: unknown) => {
    throw unreadable(place, cause);
  });
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function invalid(rule: string, message: string, received: string): ValidationError {
  return new ValidationError([{ field: 'file', rule, message, received }]);
}

function unreadable(place: Place, cause: unknown): FileReadError {
  const code = codeOf(cause) ?? 'unknown error';
  const hint =
    code === 'EACCES' || code === 'EPERM'
      ? { hint: 'Let the user that runs this process read the file.' }
      : {};
  return new FileReadError(`${quoted(place)} can not be read (${code})`, { cause, ...hint });
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code;

/** For messages: a path may have any length, and characters that forge a line of a log. */
const quoted = (place: Place) => JSON.stringify(excerpt(String(place)));

import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FileReadError } from '../errors/file-read-error.ts';
import { ValidationError } from '../errors/validation-error.ts';
import type { FileSource, StreamOptions } from '../ports.ts';
import { excerpt } from '../text/excerpt.ts';
import { shapeOf } from '../validation/shape.ts';
import { readRange } from './read-range.ts';

/**
 * A file on this machine's disk. Looks at it now and reads it when asked to; keeps no handle open in between.
 * A file that is changed after this call is refused when it is read, instead of sending a mixture.
 * @param path absolute, or relative to the working directory
 * @throws {ValidationError} when there is no such file, or it is not a regular one
 * @throws {FileReadError} when it may not be read
 */
export async function fileFromPath(path: string): Promise<FileSource> {
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw invalid('path', 'must be the path of a file', shapeOf(path));
  }
  const stats = await lookAt(path);
  if (!stats.isFile()) throw invalid('regular', `${quoted(path)} must be a regular file`, kindOf(stats));
  // Opened, because access() asks for the real user, not the effective one.
  await (await opened(path)).close();
  const { size } = stats;
  const between = (start: number, end: number) => ({
    stream: (options?: StreamOptions) => read(path, stats, start, end, options),
  });
  return {
    name: basename(path),
    size,
    stream: between(0, size).stream,
    slice: (start, end) => between(Math.max(0, start), Math.min(end, size)),
  };
}

async function* read(
  path: string,
  { size, mtimeMs }: Stats,
  start: number,
  end: number,
  options: StreamOptions | undefined,
): AsyncGenerator<Uint8Array> {
  if (start >= end) return;
  const handle = await opened(path);
  try {
    const now = await handle.stat();
    if (now.size !== size || now.mtimeMs !== mtimeMs) {
      throw new FileReadError(`${quoted(path)} was changed after the upload began`);
    }
    yield* readRange(handle, start, end, options);
  } finally {
    await handle.close();
  }
}

function opened(path: string): Promise<FileHandle> {
  return open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
}

async function lookAt(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw invalid('exists', `${quoted(path)} must be an existing file`, 'no such file');
    }
    throw unreadable(path, cause);
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function invalid(rule: string, message: string, received: string): ValidationError {
  return new ValidationError([{ field: 'file', rule, message, received }]);
}

function unreadable(path: string, cause: unknown): FileReadError {
  const code = codeOf(cause) ?? 'unknown error';
  const hint =
    code === 'EACCES' || code === 'EPERM'
      ? { hint: 'Let the user that runs this process read the file.' }
      : {};
  return new FileReadError(`${quoted(path)} can not be read (${code})`, { cause, ...hint });
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code;

/** For messages: a path may have any length, and characters that forge a line of a log. */
const quoted = (path: string) => JSON.stringify(excerpt(path));

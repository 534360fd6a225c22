import { Readable } from 'node:stream';
import type { FileSource } from '@twelvelabs-nodes/core';
import { defined } from '../operation.ts';
import type { SourceContext } from './context.ts';
import { type Described, firstText, withDescription } from './described.ts';
import { fromStream, requireUnread } from './streams.ts';
import { atPath } from './text.ts';
import { fileIssue, unusable } from './unusable.ts';
import { uploadedPaths } from './uploads.ts';

/** The shapes that `http in` (multer), other upload parsers and mail nodes give: content in memory, or a path on disk. */
interface FileObject {
  readonly buffer?: unknown;
  readonly data?: unknown;
  readonly content?: unknown;
  readonly path?: unknown;
  readonly filepath?: unknown;
  readonly stream?: unknown;
  readonly originalname?: unknown;
  readonly originalFilename?: unknown;
  readonly name?: unknown;
  readonly filename?: unknown;
  readonly mimetype?: unknown;
  readonly type?: unknown;
  readonly contentType?: unknown;
}

export function isFileObject(value: unknown): value is FileObject {
  return typeof value === 'object' && value !== null;
}

/** @throws {ValidationError} for an object that is no file, and for one that names a file it may not name */
export async function fromFileObject(
  object: FileObject,
  context: SourceContext,
  known: Described,
): Promise<unknown> {
  const { core } = context;
  if (typeof object.stream === 'function') return withDescription(object as unknown as FileSource, known);
  const own: Described = {
    name: firstText(asUtf8(object.originalname), object.originalFilename, object.name, object.filename),
    type: firstText(object.mimetype, object.type, object.contentType),
    ...known,
  };
  const bytes = [object.buffer, object.data, object.content].map(core.asBytes).find(Boolean);
  if (bytes) return core.fileFromBuffer(bytes, defined(own));
  const location = firstText(object.path, object.filepath);
  if (location) return onDisk(location, context, own);
  if (object.stream instanceof Readable) {
    requireUnread(object.stream, core);
    return fromStream(object.stream, own);
  }
  throw unusable(core, object);
}

/**
 * JSON that a stranger sent can name any file of this machine. An upload on disk is told by its request. Nothing looks at
 * a file that may not be named: not even whether there is one.
 */
function onDisk(location: string, context: SourceContext, own: Described): Promise<FileSource> {
  const { core, paths, msg } = context;
  if (paths === 'any' || (paths !== 'none' && uploadedPaths(msg).includes(location)))
    return atPath(location, context, own);
  if (paths === 'none') {
    const message = 'must be content: this node is set not to read files by their path';
    throw fileIssue(core, 'path', message, 'an object with a path');
  }
  const message =
    'is the path of a file that was not uploaded with the request in msg.req. Keep msg.req, pass the path as text, or set "Files by path" to "any object with a path"';
  throw fileIssue(core, 'upload', message, core.shapeOf(location));
}

/** `http in` reads the UTF-8 name of an uploaded file as Latin-1 (multer's default), so that `ü` comes as `Ã¼`. */
function asUtf8(name: unknown): unknown {
  if (typeof name !== 'string' || !/[\u0080-\u00ff]/.test(name) || /[\u0100-\uffff]/.test(name)) return name;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(name, 'latin1'));
  } catch {
    return name;
  }
}

import { ReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { NodeMessageInFlow } from 'node-red';
import { defined } from '../operation.ts';
import type { SourceContext } from './context.ts';
import { type Described, firstText, withDescription } from './described.ts';
import { fromFileObject, isFileObject } from './file-object.ts';
import { requireWhole } from './pieces.ts';
import { fromStream, isUntouched, requireUnread } from './streams.ts';
import { fromText, isUrlToFetch } from './text.ts';
import { unusable } from './unusable.ts';

/** What a source becomes in core's parameters. */
export interface SourceParams {
  readonly method: unknown;
  readonly file?: unknown;
  readonly url?: unknown;
}

/** Turns what a message holds into core's parameters. Reads no byte. @throws {ValidationError} for what is no source */
export async function sourceParams(given: unknown, context: SourceContext): Promise<SourceParams> {
  const value = given instanceof URL ? given.href : given;
  const { method } = context;
  requireWhole(value, context);
  const blank = value === undefined || value === '';
  if (method === 'url' || (method === 'auto' && isUrlToFetch(value)))
    return { method: 'url', ...(blank ? {} : { url: value }) };
  const upload = method === 'auto' ? 'direct' : method;
  return blank ? { method: upload } : { method: upload, file: await fileOf(value, context) };
}

async function fileOf(value: unknown, context: SourceContext): Promise<unknown> {
  const { core, mediaType } = context;
  const known: Described = typeof mediaType === 'string' ? { type: mediaType } : {};
  const named: Described = { ...namesIn(context.msg), ...known };

  const bytes = core.asBytes(value);
  if (bytes) return core.fileFromBuffer(bytes, defined(named));
  if (typeof value === 'string') return fromText(value, context, known, named);
  if (value instanceof ReadStream && isUntouched(value)) {
    value.destroy();
    return withDescription(await core.fileFromPath(value.path.toString()), known);
  }
  if (value instanceof Readable || value instanceof ReadableStream) {
    requireUnread(value, core);
    return fromStream(value, named);
  }
  if (Array.isArray(value) && value.length === 1) return fileOf(value[0], context);
  if (isFileObject(value)) return fromFileObject(value, context, known);
  throw unusable(core, value);
}

/** `file in`, `watch` and others leave the path in `msg.filename`, and upload widgets what they know in `msg.file`. */
function namesIn({ filename, file }: NodeMessageInFlow & { filename?: unknown; file?: unknown }): Described {
  const { name, type } = (file ?? {}) as { name?: unknown; type?: unknown };
  const whole = firstText(filename, name);
  return defined({ name: whole === undefined ? undefined : path.basename(whole), type: firstText(type) });
}

import { ReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { FileSource } from '@twelvelabs-nodes/core';
import type { NodeMessageInFlow } from 'node-red';
import type { Core } from './core.ts';

/** What a source becomes in core's parameters. Whatever is no source goes on as it is: core says what it got. */
export interface SourceParams {
  readonly method: unknown;
  readonly file?: unknown;
  readonly url?: unknown;
}

export interface SourceContext {
  readonly core: Core;
  readonly msg: NodeMessageInFlow;
  /** `auto`: a text with a scheme is a URL, any other text a path. */
  readonly method: unknown;
  /** Media type, when the flow's author knows it better. */
  readonly mediaType: unknown;
  /** Where relative paths start: Node-RED's `fileWorkingDirectory` setting. */
  readonly workingDirectory: string | undefined;
}

interface Described {
  name?: string | undefined;
  type?: string | undefined;
  size?: number | undefined;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Turns what a message holds into core's parameters. Reads no byte. */
export async function sourceParams(value: unknown, context: SourceContext): Promise<SourceParams> {
  refuseChunk(value, context);
  const blank = value === undefined || value === '';
  const asUrl =
    context.method === 'url' ||
    (context.method === 'auto' && typeof value === 'string' && SCHEME.test(value));
  if (asUrl) return { method: 'url', ...(blank ? {} : { url: value }) };
  const method = context.method === 'auto' ? 'direct' : context.method;
  return blank ? { method } : { method, file: await fileOf(value, context) };
}

/** `file in` can send a file in pieces, a message each; every piece would become an asset of its own. */
function refuseChunk(value: unknown, { core, msg }: SourceContext): void {
  const parts = msg.parts as { type?: unknown; count?: unknown } | undefined;
  if (!(value instanceof Uint8Array) || parts?.type !== 'buffer' || parts.count === 1) return;
  const message =
    'is a piece of a file: let "file in" give a single Buffer, or use the path in msg.filename as the source';
  throw new core.ValidationError([
    { field: 'file', rule: 'whole', message, received: `${value.byteLength} bytes of more` },
  ]);
}

async function fileOf(value: unknown, context: SourceContext): Promise<unknown> {
  const { core, msg, mediaType, workingDirectory } = context;
  const known: Described = typeof mediaType === 'string' ? { type: mediaType } : {};
  // `file in`, `watch` and others leave the path here.
  const named: Described = {
    ...(typeof msg.filename === 'string' ? { name: path.basename(msg.filename) } : {}),
    ...known,
  };

  const bytes = bytesOf(value);
  if (bytes) return core.fileFromBuffer(bytes, compact(named));
  if (typeof value === 'string') return fromPath(core, path.resolve(workingDirectory ?? '', value), known);
  if (value instanceof ReadStream && isUntouched(value)) {
    value.destroy();
    return fromPath(core, value.path.toString(), known);
  }
  if (value instanceof Readable) return fromStream(value, { ...headersOf(value), ...named });
  if (value instanceof ReadableStream) return fromStream(value, named);
  if (Array.isArray(value) && value.length === 1) return fileOf(value[0], context);
  if (typeof value === 'object' && value !== null)
    return fromFileObject(value as FileObject, context, known) ?? value;
  return value;
}

/** The shapes that `http in` (multer) and other upload parsers give: content in memory, or a path on disk. */
interface FileObject {
  buffer?: unknown;
  data?: unknown;
  path?: unknown;
  filepath?: unknown;
  stream?: unknown;
  originalname?: unknown;
  originalFilename?: unknown;
  name?: unknown;
  filename?: unknown;
  mimetype?: unknown;
  type?: unknown;
}

function fromFileObject(
  object: FileObject,
  { core, workingDirectory }: SourceContext,
  known: Described,
): unknown {
  if (typeof object.stream === 'function')
    return known.type ? Object.assign(Object.create(object), known) : object;
  const described: Described = {
    name: firstText(asUtf8(object.originalname), object.originalFilename, object.name, object.filename),
    type: firstText(object.mimetype, object.type),
    ...known,
  };
  const bytes = bytesOf(object.buffer) ?? bytesOf(object.data);
  if (bytes) return core.fileFromBuffer(bytes, compact(described));
  const location = firstText(object.path, object.filepath);
  if (location) return fromPath(core, path.resolve(workingDirectory ?? '', location), described);
  if (object.stream instanceof Readable) return fromStream(object.stream, described);
  return undefined;
}

async function fromPath(core: Core, location: string, known: Described): Promise<FileSource> {
  const file = await core.fileFromPath(location);
  const overrides = compact(known);
  return Object.keys(overrides).length > 0 ? Object.assign(Object.create(file), overrides) : file;
}

function fromStream(stream: Readable | ReadableStream<Uint8Array>, known: Described): FileSource {
  return { ...compact(known), oneShot: true, stream: () => stream as Readable };
}

/** Nobody has read from it yet, and it is about the whole file: then its path is a better source, which can be sent again. */
function isUntouched(stream: ReadStream): boolean {
  const whole = stream as ReadStream & { start?: number; end?: number; fd: unknown; flags: string };
  const fromStart =
    (whole.start ?? 0) === 0 && (whole.end === undefined || whole.end === Number.POSITIVE_INFINITY);
  return (
    stream.bytesRead === 0 &&
    fromStart &&
    typeof stream.path === 'string' &&
    !stream.readableFlowing &&
    !stream.destroyed
  );
}

/** A request's body, as `http in` or a server of one's own gives it, says how long it is. */
function headersOf(stream: Readable): Described {
  const headers = (stream as { headers?: Record<string, unknown> }).headers;
  if (typeof headers !== 'object' || headers === null) return {};
  const length = Number(headers['content-length']);
  const type = headers['content-type'];
  return compact({
    size: headers['content-length'] !== undefined && Number.isSafeInteger(length) ? length : undefined,
    type: typeof type === 'string' ? type : undefined,
  });
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return undefined;
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
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

function compact(described: Described): { name?: string; type?: string; size?: number } {
  return Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined));
}

import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { ClientGoneError, invalid, PlatformError } from '../errors.ts';
import type { FormPart } from '../journal/journal.ts';

export interface FilePart {
  readonly name: string;
  readonly filename: string | null;
  /** Without parameters, in lower case; empty if the part has none. */
  readonly type: string;
}

/** Takes the bytes of a file part as they arrive. What it throws becomes the request's error, once the rest is read. */
export type FileSink = (part: FilePart, chunk: Buffer) => Promise<void>;

/**
 * Reads a `multipart/form-data` body as a stream: no more of a file than one piece is in memory.
 *
 * The whole body is read even when it is going to be refused: a client that is still sending would see a broken
 * connection in place of the reason.
 *
 * @returns its parts, in order.
 * @throws {PlatformError} 400 when the body is not a whole form.
 */
export async function parseForm(
  body: Readable,
  headers: NodeJS.Dict<string | string[]>,
  sink: FileSink,
): Promise<FormPart[]> {
  const contentType = String(headers['content-type'] ?? '');
  const parser = createParser(contentType);
  const parts: (FormPart | Promise<FormPart>)[] = [];
  let file: BusboyFileStream | undefined;
  let failure: Error | undefined;

  parser.on(
    'file',
    (name: string, stream: BusboyFileStream, filename: string | undefined, _encoding, type: string) => {
      file = stream;
      const part = {
        name,
        filename: filename === undefined ? null : decodeFilename(filename),
        type: declaredType(type),
      };
      parts.push(
        readFile(part, stream, async (chunk) => {
          if (failure !== undefined) return;
          try {
            await sink(part, chunk);
          } catch (error) {
            failure = error instanceof Error ? error : new Error(String(error));
          }
        }),
      );
    },
  );
  parser.on('field', (name: string, value: string, nameCut: boolean, valueCut: boolean) => {
    if (nameCut || valueCut) failure ??= invalid(name, `A field may have ${fieldSize} bytes at most.`);
    parts.push({ name, value });
  });
  parser.on('partsLimit', () => {
    failure ??= invalid('body', `A form may have ${maxParts} parts at most.`);
  });

  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error): void => {
      body.unpipe(parser);
      body.resume();
      file?.destroy(error);
      reject(error);
    };
    parser.on('finish', resolve);
    parser.on('error', (error) => {
      fail(
        invalid(
          'body',
          `It is not a whole multipart form: ${error instanceof Error ? error.message : error}.`,
        ),
      );
    });
    body.on('error', (error) => fail(new ClientGoneError('The client left', { cause: error })));
    body.pipe(parser);
  }).finally(() => Promise.allSettled(parts));
  const result = await Promise.all(parts);
  if (failure !== undefined) throw failure;
  return result;
}

const fieldSize = 256 * 1024;
const maxParts = 64;

function createParser(contentType: string): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { fieldSize, parts: maxParts },
      fileHwm: 256 * 1024,
    });
  } catch {
    throw new PlatformError(
      400,
      'parameter_invalid',
      'The body has to be multipart/form-data with a boundary in its Content-Type.',
    );
  }
}

async function readFile(
  part: FilePart,
  stream: BusboyFileStream,
  take: (chunk: Buffer) => Promise<void>,
): Promise<FormPart> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    hash.update(chunk);
    await take(chunk);
  }
  const { name, filename, type } = part;
  return { name, filename, content_type: type || 'text/plain', size, sha256: hash.digest('hex') };
}

/** The parser makes `text/plain` of a missing type, as the standard has it; either says nothing about a media file. */
function declaredType(type: string): string {
  return type === 'text/plain' ? '' : type;
}

/** Undoes what the HTML standard makes senders escape in a filename: quotes and line breaks, and nothing else. */
function decodeFilename(filename: string): string {
  return filename.replace(/%22|%0D|%0A/gi, (sequence) => decodeURIComponent(sequence));
}

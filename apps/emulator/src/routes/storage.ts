import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { ClientGoneError, isDiskFull } from '../errors.ts';
import { StorageError, storageErrorXml } from '../http/storage-error.ts';
import type { UploadRecord, UrlRecord } from '../store/uploads.ts';
import { expireUploads } from './multipart-uploads.ts';

interface Target {
  Params: { upload: string; index: string };
  Querystring: { 'X-Signature'?: string };
}

/** The targets of presigned URLs: `PUT /storage/{upload_id}/{chunk_index}`. They behave as S3's do. */
export function storageRoutes(app: FastifyInstance, context: Context): void {
  const inUse = new Set<string>();

  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));

  app.put<Target>('/storage/:upload/:index', async (request, reply) => {
    const { url, length } = check(context, request);
    if (inUse.has(url.token))
      throw new StorageError(403, 'AccessDenied', 'This URL is being used by another request');
    inUse.add(url.token);
    try {
      const etag = await receive(context, request, url, length);
      return await reply.code(200).header('etag', `"${etag}"`).send();
    } finally {
      inUse.delete(url.token);
    }
  });
}

/** All that can be refused by the head alone. */
function check(context: Context, request: FastifyRequest<Target>): { url: UrlRecord; length: number } {
  const { headers, params, query } = request;
  if (headers['x-api-key'] !== undefined) {
    throw new StorageError(
      400,
      'InvalidRequest',
      'A presigned URL takes no API key; keep x-api-key for the API',
    );
  }
  const url = context.uploads.url(String(query['X-Signature'] ?? ''));
  if (url === undefined || url.upload_id !== params.upload || String(url.chunk_index) !== params.index) {
    throw new StorageError(403, 'SignatureDoesNotMatch', 'The signature is not the one of this URL');
  }
  if (url.expires_at <= context.clock.now())
    throw new StorageError(403, 'AccessDenied', 'Request has expired');
  if (url.used) throw new StorageError(403, 'AccessDenied', 'This URL has been used');
  expireUploads(context);
  const upload = context.uploads.get(params.upload);
  if (upload?.status !== 'active')
    throw new StorageError(404, 'NoSuchUpload', 'The upload session has ended');
  for (const [name, value] of Object.entries(context.options.uploadHeaders)) {
    if (headers[name.toLowerCase()] !== value) {
      throw new StorageError(
        403,
        'SignatureDoesNotMatch',
        `The header ${name} has to be as in upload_headers`,
      );
    }
  }
  return { url, length: checkLength(headers, chunkLength(upload, url.chunk_index)) };
}

function checkLength(headers: NodeJS.Dict<string | string[]>, expected: number): number {
  if (headers['transfer-encoding'] !== undefined) {
    throw new StorageError(
      501,
      'NotImplemented',
      'Transfer-Encoding is not implemented; send Content-Length',
    );
  }
  if (headers['content-length'] === undefined) {
    throw new StorageError(411, 'MissingContentLength', 'Content-Length is missing');
  }
  const length = Number(headers['content-length']);
  if (length === expected) return length;
  const code = length > expected ? 'EntityTooLarge' : 'EntityTooSmall';
  throw new StorageError(400, code, `This chunk has ${expected} bytes; ${length} were announced`);
}

function chunkLength(upload: UploadRecord, index: number): number {
  return index < upload.total_chunks
    ? upload.chunk_size
    : upload.total_size - upload.chunk_size * (index - 1);
}

/** Stores the body as the chunk's content. @returns its MD5, hexadecimal. */
async function receive(
  context: Context,
  request: FastifyRequest,
  url: UrlRecord,
  length: number,
): Promise<string> {
  const { isOvertaken } = request;
  const file = await context.files.create();
  try {
    const hash = createHash('md5');
    for await (const piece of request.bodyStream as AsyncIterable<Buffer>) {
      hash.update(piece);
      await file.write(piece);
    }
    if (file.size !== length) throw new StorageError(400, 'IncompleteBody', 'The body ended early');
    const etag = hash.digest('hex');
    await mkdir(context.files.chunks(url.upload_id), { recursive: true });
    await file.commit(context.files.chunk(url.upload_id, url.chunk_index));
    if (isOvertaken()) {
      await context.files.removeChunks(url.upload_id);
      throw overtaken();
    }
    context.uploads.chunkStored(url, etag, length, context.clock.now());
    return etag;
  } catch (error) {
    throw isOvertaken() && !(error instanceof ClientGoneError) ? overtaken() : error;
  } finally {
    await file.discard();
  }
}

function overtaken(): StorageError {
  return new StorageError(404, 'NoSuchUpload', 'The emulator was reset while this request was under way');
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof ClientGoneError) {
    reply.hijack();
    request.raw.destroy();
    return reply;
  }
  const answer = (status: number, code: string, message: string): FastifyReply =>
    reply.code(status).type('application/xml').send(storageErrorXml(code, message));
  if (error instanceof StorageError) return answer(error.status, error.code, error.message);
  if (isDiskFull(error)) return answer(507, 'InsufficientStorage', 'The emulator has no room left');
  throw error;
}

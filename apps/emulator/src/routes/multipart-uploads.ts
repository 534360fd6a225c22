import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import type { AssetRecord } from '../asset-record.ts';
import { formatBytes } from '../bytes.ts';
import { timestamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { pageInfo, pagingQuery } from '../http/paging.ts';
import { validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { isFilenameLength } from '../media/filename.ts';
import type { UploadRecord } from '../store/uploads.ts';
import { reportChunks } from './report-chunks.ts';
import { replacedMetadata, userMetadataInput } from './user-metadata-schema.ts';

/** A session lives this long. Source: "Create a multipart upload session", `upload_id`. */
const sessionMs = 24 * 3_600_000;
/** A presigned URL is good for this long. Source: the same, `upload_urls`. */
const urlMs = 3_600_000;

const createBody = z.strictObject({
  filename: z.string().refine(isFilenameLength, 'must have 1 to 255 characters'),
  type: z.enum(['video', 'audio', 'image']),
  total_size: z.number().int().positive('must be 1 or more'),
  enable_hls: z.boolean().default(false),
  enable_thumbnail: z.boolean().default(false),
  user_metadata: userMetadataInput.optional(),
});

const urlsBody = z.strictObject({
  start: z.number().int().min(1, 'must be 1 or more'),
  count: z.number().int().min(1, 'must be 1 to 50').max(50, 'must be 1 to 50'),
});

const pagedQuery = z.strictObject(pagingQuery);

interface ById {
  Params: { id: string };
}

/**
 * The session that a path names, with its status as of now.
 *
 * @throws {PlatformError} 404 when there is none.
 */
function findUpload(context: Context, id: string): UploadRecord {
  expireUploads(context);
  const upload = context.uploads.get(id);
  if (upload === undefined) throw notFound(id);
  return upload;
}

/** Ends sessions that have expired, and removes their chunks and unfinished assets. */
export function expireUploads(context: Context): void {
  for (const id of context.uploads.expire(context.clock.now())) {
    void context.files.removeChunks(id);
    const upload = context.uploads.get(id);
    if (upload) context.assets.delete(upload.asset_id);
  }
}

/** An asset is `processing` from the start of its upload. Source: the published description of an asset's status. */
function unfinishedAsset(upload: UploadRecord): AssetRecord {
  return {
    id: upload.asset_id,
    method: 'multipart',
    status: 'processing',
    filename: upload.filename,
    file_type: null,
    kind: upload.type,
    url: null,
    created_at: upload.created_at,
    size: null,
    duration: null,
    technical_metadata: null,
    user_metadata: upload.user_metadata,
    error: null,
    hls: upload.enable_hls ? { status: 'pending' } : null,
    thumbnail: upload.enable_thumbnail ? { status: 'pending' } : null,
  };
}

/** `/assets/multipart-uploads` and below. */
export function multipartUploadRoutes(app: FastifyInstance, context: Context): void {
  const { assets, uploads, clock, options } = context;

  app.post('/assets/multipart-uploads', async (request, reply) => {
    const body = validate(createBody, request.body ?? {});
    const limit = body.type === 'image' ? options.limits.multipartImage : options.limits.multipart;
    if (body.total_size > limit) {
      throw invalid(
        'total_size',
        `Multipart uploads of type ${body.type} may have up to ${formatBytes(limit)}.`,
      );
    }
    const now = clock.now();
    const upload: UploadRecord = {
      id: newId(now),
      asset_id: newId(now),
      filename: body.filename,
      type: body.type,
      total_size: body.total_size,
      chunk_size: options.chunkSize,
      total_chunks: Math.ceil(body.total_size / options.chunkSize),
      enable_hls: body.enable_hls,
      enable_thumbnail: body.enable_thumbnail,
      user_metadata: replacedMetadata(body.user_metadata ?? {}),
      status: 'active',
      created_at: now,
      updated_at: now,
      expires_at: now + sessionMs,
    };
    context.atomically(() => {
      uploads.insert(upload);
      assets.insert(unfinishedAsset(upload));
    });
    return reply.code(201).send({
      upload_id: upload.id,
      asset_id: upload.asset_id,
      upload_urls: presign(context, upload, { start: 1, count: options.initialUploadUrls }, request.origin),
      upload_headers: options.uploadHeaders,
      chunk_size: upload.chunk_size,
      total_chunks: upload.total_chunks,
      expires_at: timestamp(upload.expires_at),
    });
  });

  app.get('/assets/multipart-uploads', async (request) => {
    const { page, page_limit } = validate(pagedQuery, request.query);
    expireUploads(context);
    const { uploads: found, total } = uploads.active({ page, limit: page_limit });
    return {
      data: found.map((upload) => ({
        upload_id: upload.id,
        status: upload.status,
        total_size: upload.total_size,
        chunk_size: upload.chunk_size,
        total_chunks: upload.total_chunks,
        created_at: timestamp(upload.created_at),
        expires_at: timestamp(upload.expires_at),
      })),
      page_info: pageInfo(page, page_limit, total),
    };
  });

  app.get<ById>('/assets/multipart-uploads/:id', async (request) => {
    const { page, page_limit } = validate(pagedQuery, request.query);
    return statusJson(context, findUpload(context, request.params.id), page, page_limit);
  });

  app.post<ById>('/assets/multipart-uploads/:id', async (request) =>
    reportChunks(
      context,
      requireActive(findUpload(context, request.params.id), 'completed'),
      request.body,
      request.origin,
    ),
  );

  app.post<ById>('/assets/multipart-uploads/:id/presigned-urls', async (request) => {
    const { start, count } = validate(urlsBody, request.body ?? {});
    const upload = requireActive(findUpload(context, request.params.id));
    if (start + count - 1 > upload.total_chunks) {
      throw invalid(
        'count',
        `Chunks ${start} to ${start + count - 1} were asked for; there are ${upload.total_chunks}.`,
      );
    }
    const now = clock.now();
    return {
      upload_id: upload.id,
      start_index: start,
      count,
      upload_urls: presign(context, upload, { start, count }, request.origin),
      generated_at: timestamp(now),
      expires_at: timestamp(now + urlMs),
    };
  });
}

/** Refuses a session that takes no more chunks; `also` names another status that is fine. */
function requireActive(upload: UploadRecord, also?: UploadRecord['status']): UploadRecord {
  if (upload.status === 'active' || upload.status === also) return upload;
  throw invalid('upload_id', `The upload session is ${upload.status}; create a new one.`);
}

function presign(
  context: Context,
  upload: UploadRecord,
  { start, count }: { start: number; count: number },
  origin: string,
): Record<string, unknown>[] {
  const expires_at = context.clock.now() + urlMs;
  const last = Math.min(start + count - 1, upload.total_chunks);
  const urls = Array.from({ length: Math.max(0, last - start + 1) }, (_, offset) => ({
    token: randomBytes(16).toString('hex'),
    upload_id: upload.id,
    chunk_index: start + offset,
    expires_at,
    used: false,
  }));
  context.uploads.addUrls(urls);
  return urls.map(({ token, chunk_index }) => ({
    chunk_index,
    url: `${origin}/storage/${upload.id}/${chunk_index}?X-Signature=${token}`,
    expires_at: timestamp(expires_at),
  }));
}

function statusJson(
  context: Context,
  upload: UploadRecord,
  page: number,
  limit: number,
): Record<string, unknown> {
  const { completed, failed, completedSize } = context.uploads.counts(upload.id);
  const from = (page - 1) * limit + 1;
  const to = Math.min(page * limit, upload.total_chunks);
  const known = context.uploads.chunks(upload.id, from, to);
  const uploaded_chunks = Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => {
    const index = from + offset;
    const chunk = known.get(index);
    return {
      index,
      status: chunk?.status ?? 'pending',
      ...(chunk?.uploaded_at != null && { uploaded_at: timestamp(chunk.uploaded_at) }),
      updated_at: timestamp(chunk?.updated_at ?? upload.created_at),
      ...(chunk?.error != null && { error: chunk.error }),
    };
  });
  return {
    upload_id: upload.id,
    status: upload.status,
    uploaded_chunks,
    chunks_completed: completed,
    chunks_failed: failed,
    chunks_pending: upload.total_chunks - completed - failed,
    page_info: pageInfo(page, limit, upload.total_chunks),
    total_size: upload.total_size,
    uploaded_size: completedSize,
    created_at: timestamp(upload.created_at),
    updated_at: timestamp(upload.updated_at),
  };
}

import { ApiError } from '../../errors/api-error.ts';
import { read } from '../../http/answer.ts';
import { jsonBody } from '../../http/bodies/json.ts';
import { type CallContext, call } from '../../http/call.ts';
import { apiRequest } from '../../http/requests.ts';
import { UploadSessionError, type UploadSessionFailure } from '../errors/upload-session-error.ts';
import { MAX_PAGE_LIMIT } from '../list-params.ts';
import {
  type CreatedSession,
  createdSession,
  MAX_CHUNKS,
  moreUrls,
  reportedChunks,
  uploadStatus,
} from './responses.ts';

const ROOT = ['assets', 'multipart-uploads'] as const;

/** More than any upload has: a platform that never comes to an end is not followed there. */
const MAX_PAGES = Math.ceil(MAX_CHUNKS / MAX_PAGE_LIMIT);

export interface CompletedChunk {
  readonly chunk_index: number;
  readonly proof: string;
  readonly proof_type: 'etag';
  readonly chunk_size: number;
}

export interface SessionStatus {
  /** `active`, `completed`, `failed`, `expired`, or what the platform adds later. */
  readonly status: string;
  readonly completed: ReadonlySet<number>;
}

/** Opens a session. Safe to repeat: a session that nobody fills expires without an asset. */
export async function openSession(
  context: CallContext,
  fields: Readonly<Record<string, unknown>>,
): Promise<CreatedSession> {
  const request = apiRequest(context, 'POST', ROOT, { body: jsonBody(fields) });
  return read(createdSession, request, await call(context, request));
}

/** Presigned URLs for `count` chunks from `start`; at most 50 at once. */
export async function requestUrls(context: CallContext, uploadId: string, start: number, count: number) {
  const request = apiRequest(context, 'POST', [...ROOT, uploadId, 'presigned-urls'], {
    body: jsonBody({ start, count }),
  });
  const response = await call(context, request).catch((error) => explain(context, uploadId, error));
  return read(moreUrls, request, response).upload_urls;
}

/** Reports chunks as sent. Safe to repeat: the platform ignores duplicates. */
export async function reportChunks(
  context: CallContext,
  uploadId: string,
  completed_chunks: readonly CompletedChunk[],
): Promise<void> {
  const request = apiRequest(context, 'POST', [...ROOT, uploadId], { body: jsonBody({ completed_chunks }) });
  read(reportedChunks, request, await call(context, request));
}

/** The state of a session, with the chunks that need not be sent again. */
export async function sessionStatus(
  context: CallContext,
  uploadId: string,
  withChunks: boolean,
): Promise<SessionStatus> {
  const completed = new Set<number>();
  for (let page = 1; ; page++) {
    const request = apiRequest(context, 'GET', [...ROOT, uploadId], {
      query: { page, page_limit: MAX_PAGE_LIMIT },
    });
    const { status, uploaded_chunks, page_info } = read(uploadStatus, request, await call(context, request));
    for (const chunk of uploaded_chunks) if (chunk.status === 'completed') completed.add(chunk.index);
    const isLast =
      uploaded_chunks.length < MAX_PAGE_LIMIT ||
      page >= Math.min(page_info?.total_page ?? MAX_PAGES, MAX_PAGES);
    if (!withChunks || isLast) return { status, completed };
  }
}

/** Finds out whether a 4xx about a session means that the session is over. */
export async function explain(context: CallContext, uploadId: string, error: unknown): Promise<never> {
  if (!(error instanceof ApiError) || error.code !== 'api' || error.status >= 500) throw error;
  const known = await sessionStatus(context, uploadId, false).catch(() => undefined);
  throw ended(uploadId, known?.status ?? (isUnknown(error) ? 'unknown' : 'active'), error) ?? error;
}

/** The error for a session in a state that it can't leave. */
export function ended(uploadId: string, status: string, cause?: unknown): UploadSessionError | undefined {
  const reasons: Readonly<Record<string, readonly [UploadSessionFailure, string]>> = {
    failed: ['failed', 'The platform ended the upload session as failed'],
    expired: ['expired', 'The upload session has expired: the platform keeps it for 24 hours'],
    unknown: ['unknown', 'The platform does not know this upload session (any more)'],
  };
  const reason = Object.hasOwn(reasons, status) ? reasons[status] : undefined;
  return reason && new UploadSessionError(uploadId, reason[0], reason[1], { cause });
}

export function isUnknown(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.apiCode === 'resource_not_exist');
}

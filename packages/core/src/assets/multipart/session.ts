import { ApiError } from '../../errors/api-error.ts';
import { isUnknown } from '../../http/answer.ts';
import type { CallContext } from '../../http/call.ts';
import { type Paging, pages } from '../../http/pages.ts';
import { MAX_PAGE_LIMIT } from '../../validation/rules.ts';
import { UploadSessionError, type UploadSessionFailure } from '../errors/upload-session-error.ts';
import { MAX_CHUNKS } from './check-session.ts';
import { retrieveSession } from './endpoints.ts';

export interface SessionStatus {
  readonly status: string;
  readonly completed: ReadonlySet<number>;
}

/** The state of a session. @param withChunks also reads, page by page, which chunks need not be sent again */
export async function sessionStatus(
  context: CallContext,
  upload_id: string,
  withChunks: boolean,
): Promise<SessionStatus> {
  const completed = new Set<number>();
  let latest = '';
  const read = async (paging: Required<Paging>) => {
    const { status, uploaded_chunks, page_info } = await retrieveSession.send(context, {
      upload_id,
      ...paging,
    });
    latest = status;
    return { data: uploaded_chunks, page_info };
  };
  const rules = {
    key: ({ index }: { index: number }) => index,
    maxPages: withChunks ? Math.ceil(MAX_CHUNKS / MAX_PAGE_LIMIT) : 1,
  };
  for await (const chunks of pages(read, rules))
    for (const { index, status } of chunks) if (status === 'completed') completed.add(index);
  return { status: latest, completed };
}

/** Throws the reason for a 4xx about a session: the session's own end where it has ended, else the error itself. */
export async function throwExplained(context: CallContext, uploadId: string, error: unknown): Promise<never> {
  if (!(error instanceof ApiError) || error.code !== 'api' || error.status >= 500) throw error;
  const known = await sessionStatus(context, uploadId, false).catch(() => undefined);
  throw sessionError(uploadId, known?.status ?? (isUnknown(error) ? 'unknown' : 'active'), error) ?? error;
}

/** The error for a session in a state that it cannot leave. */
export function sessionError(
  uploadId: string,
  status: string,
  cause?: unknown,
): UploadSessionError | undefined {
  const reasons: Readonly<Record<string, readonly [UploadSessionFailure, string]>> = {
    failed: ['failed', 'The platform reports that the upload session has failed'],
    expired: ['expired', 'The upload session has expired: the platform keeps sessions for 24 hours'],
    unknown: ['unknown', 'The platform does not know this upload session, or no longer knows it'],
  };
  const reason = Object.hasOwn(reasons, status) ? reasons[status] : undefined;
  return reason && new UploadSessionError(uploadId, reason[0], reason[1], { cause });
}

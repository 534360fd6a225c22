import { AbortedError } from '../../errors/aborted-error.ts';
import { about } from '../../errors/about.ts';
import { ApiError } from '../../errors/api-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import { UnexpectedResponseError } from '../../errors/unexpected-response-error.ts';
import { ValidationError } from '../../errors/validation-error.ts';
import { isUnknown } from '../../http/answer.ts';
import type { CallContext } from '../../http/call.ts';
import { poll } from '../../polling/poll.ts';
import type { PreparedFile } from '../prepared-file.ts';
import { checkSession } from './check-session.ts';
import { uploadChunk } from './chunk-uploader.ts';
import { chunksOf } from './chunks.ts';
import { createSession, type SessionFields } from './endpoints.ts';
import { fingerprint } from './fingerprint.ts';
import { Reporter } from './reporter.ts';
import type { UploadSession } from './resume-token.ts';
import { sessionError, sessionStatus } from './session.ts';
import { UrlPool } from './url-pool.ts';

export interface MultipartOptions {
  /** Chunks that are sent at once. */
  readonly concurrency: number;
  /** The session to continue; without a fingerprint, whatever has the same size counts as the same file. */
  readonly resume?: UploadSession | undefined;
  /** Awaited with a new session, before anything is sent. */
  readonly onOpen?: ((session: UploadSession) => Promise<void>) | undefined;
  /** Called with the bytes that the platform has of an upload that is continued. */
  readonly onResume?: ((bytes: number) => void) | undefined;
  readonly onSession?: ((session: UploadSession) => void) | undefined;
  /** Bytes of the file that were sent so far. */
  readonly onSent?: ((bytes: number) => void) | undefined;
}

/** A file that was prepared for a multipart upload: its size is known. */
export type SizedFile = PreparedFile & { readonly size: number };

/** Rounds in which refused chunks are sent again before the upload fails. */
const MAX_ROUNDS = 3;

/** Milliseconds. */
const MAX_ASSEMBLY = 1_800_000;

/** The chunks that the platform has. */
type Done = Set<number> | 'all';

/**
 * Uploads a file in chunks, several at once, and waits until the platform has put them together.
 * @param fields what the session is opened with
 * @returns the asset's id
 * @throws {ValidationError} when `resume` belongs to another file
 * @throws {UploadSessionError} when the session is over
 */
export async function uploadMultipart(
  context: CallContext,
  given: SizedFile,
  fields: SessionFields,
  options: MultipartOptions,
): Promise<string> {
  const { print, source } = await fingerprint(given.source, given.size, options.resume?.file.fingerprint);
  const file = { ...given, source };
  const { resume } = options;
  const { session, done, urls } = resume
    ? await about({ resource: 'asset', id: resume.asset_id }, () =>
        resumeSession(context, file, print, resume),
      )
    : await openSession(context, file, print, fields);

  return about({ resource: 'asset', id: session.asset_id }, async () => {
    if (!resume) {
      options.onSession?.(session);
      await options.onOpen?.(session);
    } else if (done !== 'all') {
      options.onResume?.(bytesIn(done, session));
    }
    for (let sent = done, round = 1; sent !== 'all'; round++) {
      if (round > MAX_ROUNDS || (round > 1 && file.source.oneShot)) {
        throw new UnexpectedResponseError(
          `The platform keeps refusing ${session.total_chunks - sent.size} chunks of the upload`,
          undefined,
          {
            hint: 'Run again. If this happens each time, check whether a proxy changes uploads on their way.',
          },
        );
      }
      if (
        await completesMeanwhile(context, session, uploadRound(context, file, session, urls, sent, options))
      )
        break;
      if (sent.size === session.total_chunks) sent = await waitForAssembly(context, session);
    }
    return session.asset_id;
  });
}

async function openSession(context: CallContext, file: SizedFile, print: string, fields: SessionFields) {
  const created = await createSession.send(context, fields);
  await about({ resource: 'asset', id: created.asset_id }, async () => checkSession(created, file.size));
  const { upload_id, asset_id, chunk_size, total_chunks, upload_headers, expires_at } = created;
  const session: UploadSession = {
    version: 1,
    upload_id,
    asset_id,
    chunk_size,
    total_chunks,
    upload_headers,
    ...(typeof expires_at === 'string' ? { expires_at } : {}),
    file: { name: file.name, size: file.size, fingerprint: print },
  };
  const done: Done = new Set();
  return { session, done, urls: new UrlPool(context, upload_id, total_chunks, created.upload_urls) };
}

async function resumeSession(context: CallContext, file: SizedFile, print: string, session: UploadSession) {
  const was = session.file;
  const changes = [
    was.name !== file.name && 'the name differs',
    was.size !== file.size && `the size differs (${was.size} bytes then, ${file.size} now)`,
    was.fingerprint !== '' && was.fingerprint !== print && difference(was.fingerprint, print),
  ].filter((change) => change !== false);
  if (changes.length > 0) {
    throw new ValidationError([
      {
        field: 'resume',
        rule: 'same_file',
        message: `belongs to a different file: ${changes.join(', ')}`,
        received: 'a session',
      },
    ]);
  }
  // A token may have been stored anywhere: its numbers are checked against the file again.
  checkSession(session, file.size);
  const { status, completed } = await sessionStatus(context, session.upload_id, true).catch((error) => {
    throw isUnknown(error) ? sessionError(session.upload_id, 'unknown', error) : error;
  });
  const over = sessionError(session.upload_id, status);
  if (over) throw over;
  const done: Done = status === 'completed' ? 'all' : new Set(completed);
  return { session, done, urls: new UrlPool(context, session.upload_id, session.total_chunks, []) };
}

/** A source that can only stream does not show the samples that were taken from one that can seek. */
function difference(was: string, is: string): string {
  return was.startsWith('samples-') && is.startsWith('head-')
    ? 'the upload began from a source that can seek, such as a path, and has to continue from one'
    : 'the content differs';
}

/** Awaits a round. Whether it failed because another run, with the same create-once key, completed the upload. */
async function completesMeanwhile(
  context: CallContext,
  { upload_id }: UploadSession,
  round: Promise<void>,
): Promise<boolean> {
  try {
    await round;
    return false;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'api' || error.status >= 500) throw error;
    const { status } = await sessionStatus(context, upload_id, false).catch(() => ({ status: 'unknown' }));
    if (status === 'completed') return true;
    throw error;
  }
}

/** Bytes of the chunks that are done; the last chunk may be shorter. */
function bytesIn(done: ReadonlySet<number>, { chunk_size, total_chunks, file }: UploadSession): number {
  const missing = done.has(total_chunks) ? total_chunks * chunk_size - file.size : 0;
  return done.size * chunk_size - missing;
}

/** Sends every chunk that is not done, and reports it. */
async function uploadRound(
  context: CallContext,
  file: SizedFile,
  session: UploadSession,
  urls: UrlPool,
  done: Set<number>,
  { concurrency, onSent }: MultipartOptions,
): Promise<void> {
  const { upload_id, chunk_size, total_chunks, upload_headers } = session;
  const failing = new AbortController();
  const cancel = () => failing.abort(context.signal?.reason);
  if (context.signal?.aborted) throw new AbortedError('The upload', context.signal.reason);
  context.signal?.addEventListener('abort', cancel, { once: true });
  const inner = { ...context, signal: failing.signal };
  const reporter = new Reporter(inner, upload_id);
  const chunks = chunksOf(
    file.source,
    { size: file.size, chunkSize: chunk_size, totalChunks: total_chunks },
    (index) => done.has(index),
  );
  const onTheWay = new Map<number, number>();
  let sent = bytesIn(done, session);
  const progress = {
    set(index: number, bytes: number) {
      sent += bytes - (onTheWay.get(index) ?? 0);
      onTheWay.set(index, bytes);
      onSent?.(sent);
    },
  };
  const worker = async () => {
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      const completed = await uploadChunk(inner, urls, upload_headers, next.value, progress);
      next.value.release();
      done.add(completed.chunk_index);
      await reporter.add(completed);
    }
  };
  let first: { error: unknown } | undefined;
  const guarded = () =>
    worker().catch((error: unknown) => {
      // The others are ended as well; what they throw then only follows from this.
      first ??= { error };
      failing.abort();
    });
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, total_chunks - done.size) }, guarded));
    if (first)
      throw context.signal?.aborted ? new AbortedError('The upload', context.signal.reason) : first.error;
    for (const index of reporter.takeRejected()) {
      done.delete(index);
      onTheWay.delete(index);
    }
  } finally {
    context.signal?.removeEventListener('abort', cancel);
    await chunks.return(undefined);
  }
}

/** Reads of the status before the chunks are read as well, which shows whether the platform misses some. */
const READS_BEFORE_CHUNKS = 4;

/**
 * Waits until the platform has put the file together.
 * @returns `all`, or the chunks that it has when it turns out to miss some
 */
function waitForAssembly(context: CallContext, { upload_id, total_chunks }: UploadSession): Promise<Done> {
  return poll<{ status: string; completed: ReadonlySet<number>; isWhole: boolean }, Done>(context, {
    what: 'Waiting for the upload to complete',
    read: async (once, count) => {
      const withChunks = count % READS_BEFORE_CHUNKS === 0;
      const { status, completed } = await sessionStatus(once, upload_id, withChunks);
      return { status, completed, isWhole: !withChunks || completed.size >= total_chunks };
    },
    result: ({ status, completed, isWhole }) => {
      if (status === 'completed') return 'all';
      const over = sessionError(upload_id, status);
      if (over) throw over;
      return isWhole ? undefined : new Set(completed);
    },
    pauses: { first: 500, factor: 2, longest: 10_000 },
    maxWait: MAX_ASSEMBLY,
    timeout: (_, cause) =>
      new TimeoutError(
        'All of the file was sent, and the platform has not put it together',
        'wait',
        MAX_ASSEMBLY,
        { cause, hint: 'Resume the upload later: the platform keeps what was sent for 24 hours.' },
      ),
  });
}

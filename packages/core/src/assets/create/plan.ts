import type { ValidationIssue } from '../../errors/validation-error.ts';
import type { PreparedFile } from '../../files/prepared-file.ts';
import { peek } from '../../files/source.ts';
import { extensionOfType } from '../../media/extensions.ts';
import {
  type DetectedMedia,
  detectMedia,
  isDecisive,
  type MediaKind,
  SUPPORTED_CONTENT,
} from '../../media/kind.ts';
import type { FileSource } from '../../ports.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import { check } from '../../validation/parse.ts';
import { shapeOf } from '../../validation/shape.ts';
import { type Route, type SizeLimit, sizeLimit } from '../limits.ts';
import { ONCE_METADATA_FIELD } from './create-once.ts';
import { type CreateOptions, createOptions } from './options.ts';
import { type CreateAssetParams, createAssetParams, filename as filenameRule } from './params.ts';

/** What `create` would do, and every reason why it would not. */
export interface CreatePlan {
  readonly route: Route | undefined;
  /** The form fields (or the fields of the multipart session), by the API's names. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly kind: MediaKind | undefined;
  readonly media: DetectedMedia | undefined;
  /** Bytes. */
  readonly size: number | undefined;
  readonly limit: SizeLimit | undefined;
  readonly problems: readonly ValidationIssue[];
}

export interface Prepared {
  readonly plan: CreatePlan;
  readonly params: CreateAssetParams;
  readonly file: PreparedFile | undefined;
  /** Lets go of a one-shot stream that was peeked at and not sent. */
  close(): Promise<void>;
}

/** A stream of unknown size is read this far to see whether it ends: then its size is known, and it can be sent again. */
const UNKNOWN_SIZE_PEEK = 8 * 1024 ** 2;

/**
 * Checks parameters and options, reads the file's first bytes where its type does not tell its kind, chooses the
 * route and holds the size against its limit. Sends nothing; the only side effect is that read.
 */
export async function prepare(params: unknown, options: unknown = {}): Promise<Prepared> {
  const checkedOptions = check(createOptions, options, 'options');
  const checkedParams = check(createAssetParams, params, 'params');
  const problems = [...(checkedParams.issues ?? []), ...(checkedOptions.issues ?? [])];
  // From here on only what is sound is looked at further, so that one mistake gives one problem.
  const sound = (checkedParams.data ?? params ?? {}) as CreateAssetParams;
  const wanted = (checkedOptions.issues ? {} : options) as CreateOptions;
  const fileIsSound =
    sound.method === 'direct' && !!sound.file && !problems.some(({ field }) => field === 'file');

  if (
    wanted.once !== undefined &&
    sound.user_metadata &&
    Object.hasOwn(sound.user_metadata, ONCE_METADATA_FIELD)
  ) {
    problems.push({
      field: `user_metadata.${ONCE_METADATA_FIELD}`,
      rule: 'reserved',
      message: 'is where the create-once key is stored: use one or the other',
      received: shapeOf(sound.user_metadata[ONCE_METADATA_FIELD]),
    });
  }
  if (
    sound.method === 'url' &&
    (wanted.resume || wanted.upload === 'multipart' || wanted.upload === 'direct')
  ) {
    const field = wanted.resume ? 'resume' : 'upload';
    problems.push({
      field,
      rule: 'method',
      message: 'goes with a file, not with a URL',
      received: shapeOf(wanted[field]),
    });
  }
  const inspected =
    fileIsSound && sound.file ? await inspectFile(sound.file, sound.filename, wanted, problems) : undefined;
  const route = inspected?.route ?? (sound.method === 'url' ? 'url' : undefined);
  return {
    params: sound,
    file: inspected?.file,
    close: inspected?.close ?? (async () => undefined),
    plan: {
      route,
      fields: fieldsOf(sound, inspected?.file, route),
      kind: inspected?.media?.kind,
      media: inspected?.media,
      size: inspected?.size,
      limit: inspected?.limit,
      problems,
    },
  };
}

async function inspectFile(
  given: FileSource,
  wantedName: string | undefined,
  options: CreateOptions,
  problems: ValidationIssue[],
) {
  const issue = (rule: string, message: string, received: string) =>
    problems.push({ field: 'file', rule, message, received });
  const needsHead = !isDecisive(given.type) || given.size === undefined;
  const { file, head } = needsHead
    ? await peek(given, given.size === undefined ? UNKNOWN_SIZE_PEEK : undefined)
    : { file: given, head: undefined };
  const close = async () => (head && file.oneShot ? release(file) : undefined);
  const size = file.size;
  if (size === 0) issue('empty', 'must not be empty', '0 bytes');

  const media = detectMedia(file.type, wantedName ?? file.name ?? '', head);
  if (typeof media === 'string') {
    if (size !== 0)
      issue(
        'kind',
        `must be ${SUPPORTED_CONTENT}`,
        `${media}${file.name ? ' (by type, first bytes and name)' : ''}`,
      );
    return { file: undefined, media: undefined, route: undefined, size, limit: undefined, close };
  }

  const name = wantedName ?? file.name ?? defaultName(media);
  if (wantedName === undefined) {
    for (const { rule, message, received } of check(filenameRule, name, 'file.name').issues ?? []) {
      problems.push({ field: 'file.name', rule, message: `${message}; give a filename instead`, received });
    }
  }
  const route = routeOf(options, media.kind, size);
  const limit = sizeLimit(route, media.kind);
  const checkSize = options.checkSize !== false;
  if (checkSize && size !== undefined && size > limit.bytes) {
    const way = route === 'multipart' ? 'by multipart upload' : 'as a local file';
    const bigger = route === 'direct' && media.kind !== 'image' ? ', or use a multipart upload' : '';
    issue(
      'size',
      `a ${media.kind} ${way} may have at most ${formatBytes(limit.bytes)}${bigger}`,
      formatBytes(size),
    );
  }
  if (route === 'multipart' && size === undefined) {
    issue('size', 'must have a known size for a multipart upload', 'a stream of unknown size');
  }
  const maxSize = checkSize && size === undefined ? limit.bytes : undefined;
  return {
    file: { source: file, name, kind: media.kind, type: media.type, size, maxSize },
    media,
    route,
    size,
    limit,
    close,
  };
}

async function release(file: FileSource): Promise<void> {
  const bytes = (file.stream() as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  // A generator that never ran skips its `finally`, which closes the source.
  await bytes.next();
  await bytes.return?.();
}

function routeOf(
  { upload = 'auto', resume, checkSize }: CreateOptions,
  kind: MediaKind,
  size: number | undefined,
): Route {
  if (resume) return 'multipart';
  if (upload !== 'auto') return upload;
  // The document's limit for images holds by default; multipart would take larger ones on newer platforms.
  const mayBeLarge = kind !== 'image' || checkSize === false;
  return mayBeLarge && size !== undefined && size > sizeLimit('direct', kind).bytes ? 'multipart' : 'direct';
}

function defaultName({ kind, type }: DetectedMedia): string {
  return `${kind}.${extensionOfType(type) ?? 'bin'}`;
}

function fieldsOf(
  params: CreateAssetParams,
  file: PreparedFile | undefined,
  route: Route | undefined,
): Record<string, unknown> {
  const { method, url, filename, enable_hls, enable_thumbnail, user_metadata } = params;
  const own =
    route === 'multipart'
      ? { filename: file?.name, type: file?.kind, total_size: file?.size }
      : { method, url, filename };
  const fields = { ...own, enable_hls, enable_thumbnail, user_metadata };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

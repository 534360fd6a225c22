import type { ValidationIssue } from '../../errors/validation-error.ts';
import { peek } from '../../files/source.ts';
import { contentProblems, withArticle } from '../../media/content-problems.ts';
import { type DetectedMedia, detectMedia, type Verdict } from '../../media/detect.ts';
import { HEAD_BYTES } from '../../media/head.ts';
import type { MediaKind } from '../../media/kind.ts';
import type { FileSource } from '../../ports.ts';
import { twoSizes } from '../../text/two-sizes.ts';
import { check } from '../../validation/parse.ts';
import { type Route, type SizeLimit, sizeLimit } from '../limits.ts';
import type { PreparedFile } from '../prepared-file.ts';
import { ownName, usualName } from './file-name.ts';
import type { CreateOptions } from './options.ts';
import { filename as filenameRule } from './params.ts';

/** What was found out about a file before it is sent. */
export interface InspectedFile {
  readonly file: PreparedFile;
  readonly media: DetectedMedia | undefined;
  readonly route: Route;
  readonly limit: SizeLimit;
  readonly problems: readonly ValidationIssue[];
  /** What is worth knowing and no reason to refuse the file, as sentences. */
  readonly notes: readonly string[];
  /** Closes a stream that was begun and is not sent. */
  close(): Promise<void>;
}

/** A stream of unknown size is read this far to see whether it ends: then its size is known, and it can be sent again. */
const UNKNOWN_SIZE_PEEK = 8 * 1024 ** 2;

/**
 * Up to here a file is within the platform's "200 MB" in either sense of the word. A file between the two is sent by
 * multipart upload, which takes it in any case: a direct upload is refused only after all of it was sent.
 */
const CERTAINLY_DIRECT = 200_000_000;

/**
 * Reads a file's first bytes, finds out what it is, chooses the route and checks the size against its limit.
 * @param wantedName the name that the asset is to get, when the caller chose one
 */
export async function inspectFile(
  given: FileSource,
  wantedName: string | undefined,
  options: CreateOptions,
): Promise<InspectedFile> {
  const { head, file, close } = await peek(given, given.size === undefined ? UNKNOWN_SIZE_PEEK : HEAD_BYTES);
  const { size } = file;
  const names = [wantedName, file.name];
  const verdict = detectMedia({ head: head.subarray(0, HEAD_BYTES), names, type: file.type });
  const { kind, type } = typeToSend(verdict);
  const route = routeOf(options, kind, size);
  // What nobody can judge may be a video.
  const limit = sizeLimit(route, kind ?? 'video');
  const checksSize = options.checkSize !== false;
  const maxSize = checksSize && size === undefined ? limit.bytes : undefined;
  const name = wantedName ?? ownName(file.name) ?? usualName(kind, type);
  return {
    file: { source: file, name, kind, type, size, maxSize },
    media: verdict.is === 'media' ? verdict.media : undefined,
    route,
    limit,
    problems: [
      ...contentProblems('file', size, verdict, options),
      ...(wantedName === undefined ? nameProblems(name) : []),
      ...(checksSize && size !== undefined ? sizeProblems(size, route, kind, limit) : []),
      ...(route === 'multipart' ? multipartProblems(size, verdict) : []),
    ],
    notes: size === 0 ? [] : notesOn(verdict, options),
    close,
  };
}

/** Kind and media type to send; without a kind when nobody can tell it. */
export function typeToSend(verdict: Verdict): { kind: MediaKind | undefined; type: string } {
  if (verdict.is === 'media') return verdict.media;
  return { kind: undefined, type: verdict.is === 'not media' ? verdict.found.type : verdict.type };
}

function issue(rule: string, message: string, received: string): ValidationIssue {
  return { field: 'file', rule, message, received };
}

function nameProblems(name: string): ValidationIssue[] {
  const issues = check(filenameRule, name, 'file.name').issues ?? [];
  return issues.map((found) => ({ ...found, message: `${found.message}; give a filename instead` }));
}

function sizeProblems(
  size: number,
  route: Route,
  kind: MediaKind | undefined,
  limit: SizeLimit,
): ValidationIssue[] {
  if (size <= limit.bytes) return [];
  const way = route === 'multipart' ? 'by multipart upload' : 'as a local file';
  const bigger = route === 'direct' && kind !== 'image' ? ', or use a multipart upload' : '';
  const [most, given] = twoSizes(limit.bytes, size);
  const message = `${kind ? withArticle(kind) : 'a file'} ${way} may have at most ${most}${bigger}`;
  return [issue('size', message, given)];
}

function multipartProblems(size: number | undefined, verdict: Verdict): ValidationIssue[] {
  const problems: ValidationIssue[] = [];
  if (size === undefined)
    problems.push(issue('size', 'must have a known size for a multipart upload', 'a stream of unknown size'));
  if (verdict.is === 'unknown') {
    const message =
      'must be known as video, audio or image for a multipart upload: give its media type, such as "video/mp4"';
    problems.push(issue('kind', message, 'a file of unknown kind'));
  }
  return problems;
}

function notesOn(verdict: Verdict, { checkContent = true }: CreateOptions): string[] {
  if (verdict.is === 'not media')
    return checkContent ? [] : [`This file is ${verdict.found.what}. TwelveLabs may refuse it.`];
  if (verdict.is === 'unknown')
    return [
      'Neither the first bytes nor the name nor the media type of this file says what it is. TwelveLabs may refuse it.',
    ];
  const { from, kind } = verdict.media;
  if (from === 'first bytes') return [];
  return [
    `Only its ${from} says that this file is ${withArticle(kind)}: its first bytes are of no known format. TwelveLabs may refuse it.`,
  ];
}

function routeOf(
  { upload = 'auto', resume, checkSize }: CreateOptions,
  kind: MediaKind | undefined,
  size = 0,
): Route {
  if (resume) return 'multipart';
  if (upload !== 'auto') return upload;
  // The limit for images of the API reference holds by default; multipart takes larger ones on newer platforms.
  if (kind === 'image')
    return checkSize === false && size > sizeLimit('direct', kind).bytes ? 'multipart' : 'direct';
  // A session names the kind: a file of unknown kind goes directly as long as it may.
  const most = kind === undefined ? sizeLimit('direct', 'video').bytes : CERTAINLY_DIRECT;
  return size > most ? 'multipart' : 'direct';
}

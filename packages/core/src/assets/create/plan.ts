import type { ValidationIssue } from '../../errors/validation-error.ts';
import { limited, type ReadLimits } from '../../files/limited.ts';
import { linkIssues } from '../../http/check-links.ts';
import type { DetectedMedia } from '../../media/detect.ts';
import type { MediaKind } from '../../media/kind.ts';
import { check } from '../../validation/parse.ts';
import { shapeOf } from '../../validation/shape.ts';
import type { Route, SizeLimit } from '../limits.ts';
import type { PreparedFile } from '../prepared-file.ts';
import { inspectFile } from './inspect-file.ts';
import { type CreateOptions, createOptions } from './options.ts';
import { type CreateAssetParams, createAssetParams } from './params.ts';

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
  /** What is worth knowing and no reason to refuse anything, as sentences to show. */
  readonly notes: readonly string[];
}

export interface Prepared {
  readonly plan: CreatePlan;
  readonly params: CreateAssetParams;
  /** The options as their rules read them. */
  readonly options: CreateOptions;
  readonly file: PreparedFile | undefined;
  /** Closes a stream that was begun and is not sent. */
  close(): Promise<void>;
}

/** Where and how a file is read and an asset is created. */
export interface Surroundings {
  /** What reading the file must not outlast, here and when it is sent. */
  readonly limits?: ReadLimits | undefined;
  /** Where the platform is: it decides which URLs the platform can reach. */
  readonly baseUrl?: string | undefined;
}

/**
 * Checks parameters and options, and inspects the file. Sends nothing; the only side effect is that the file's first
 * bytes are read.
 * @param surroundings what is known only when the asset is created
 */
export async function prepare(
  params: unknown,
  options: unknown = {},
  { limits, baseUrl }: Surroundings = {},
): Promise<Prepared> {
  const checkedOptions = check(createOptions, options, 'options');
  const checkedParams = check(createAssetParams, params, 'params');
  // From here on only what is sound is looked at further, so that one mistake gives one problem.
  const sound = (checkedParams.data ?? params ?? {}) as CreateAssetParams;
  const inLinks = sound.method === 'url' ? linkIssues(['url'], params, options, baseUrl) : [];
  const problems = [...(checkedParams.issues ?? []), ...inLinks, ...(checkedOptions.issues ?? [])];
  const wanted: CreateOptions = checkedOptions.data ?? {};
  const fileIsSound =
    sound.method === 'direct' && !!sound.file && !problems.some(({ field }) => field === 'file');

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
    fileIsSound && sound.file
      ? await inspectFile(limited(sound.file, limits ?? { signal: wanted.signal }), nameOf(sound), wanted)
      : undefined;
  const { file, media, limit, close = async () => undefined } = inspected ?? {};
  const route = inspected?.route ?? (sound.method === 'url' ? 'url' : undefined);
  return {
    params: sound,
    options: wanted,
    file,
    close,
    plan: {
      route,
      fields: fieldsOf(sound, file, route),
      kind: file?.kind,
      media,
      size: file?.size,
      limit,
      problems: [...problems, ...(inspected?.problems ?? [])],
      notes: inspected?.notes ?? [],
    },
  };
}

/** The wanted name, when it is one. */
function nameOf({ filename }: CreateAssetParams): string | undefined {
  return typeof filename === 'string' ? filename : undefined;
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
      : { method, url, filename: filename ?? file?.name };
  const fields = { ...own, enable_hls, enable_thumbnail, user_metadata };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

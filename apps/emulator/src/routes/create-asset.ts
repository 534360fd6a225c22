import { basename } from 'node:path';
import { z } from 'zod/v4';
import type { AssetRecord, Kind, UserMetadata } from '../asset-record.ts';
import { formatBytes } from '../bytes.ts';
import type { Context } from '../context.ts';
import { ClientGoneError, invalid, missing, PlatformError, unknownParameter } from '../errors.ts';
import type { FilePart } from '../http/form.ts';
import { parseForm } from '../http/form.ts';
import { booleanText, validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import type { FormPart } from '../journal/journal.ts';
import { filenameOfUrl, isFilenameLength } from '../media/filename.ts';
import { guessKind, isMedia, mayBeMedia } from '../media/types.ts';
import { overtaken } from '../resets.ts';
import type { IncomingFile } from '../store/files.ts';
import { replacedMetadata, userMetadataInput } from './user-metadata-schema.ts';

interface ReceivedFile {
  readonly part: FilePart;
  readonly kind: Kind | null;
  readonly limit: number;
  readonly file: IncomingFile;
}

export interface CreateRequest {
  readonly body: import('node:stream').Readable;
  readonly headers: NodeJS.Dict<string | string[]>;
  /** Returns whether a reset began since the request came. */
  readonly isOvertaken: () => boolean;
  /** Called with the form as soon as it is read, even if the form is then refused. */
  readonly onForm: (parts: FormPart[]) => void;
}

/**
 * `POST /assets`: reads the form as it streams in, keeps the file, stores the asset and starts its processing.
 *
 * @throws {PlatformError} when the reference does not allow what came. Nothing is kept then.
 */
export async function createAsset(context: Context, request: CreateRequest): Promise<AssetRecord> {
  const { isOvertaken } = request;
  let received: ReceivedFile | undefined;
  let filePart: FilePart | undefined;
  try {
    const parts = await parseForm(request.body, request.headers, async (part, chunk) => {
      if (part.name !== 'file') return;
      // Before anything is awaited: the parts of a small body are read side by side.
      filePart ??= part;
      if (filePart !== part) throw invalid('file', 'There may be only one.');
      received ??= await receive(context, part, chunk);
      if (received.file.size + chunk.length > received.limit) throw tooLarge(received);
      await received.file.write(chunk);
    }).then((parsed) => {
      request.onForm(parsed);
      return parsed;
    });
    const asset = readForm(context, parts, received);
    if (received !== undefined) await received.file.commit(context.files.file(asset.id));
    // In one turn with what is stored and started next, or a reset would miss it.
    if (isOvertaken()) {
      await context.files.remove(asset.id);
      throw overtaken();
    }
    context.assets.insert(asset);
    const processed = context.jobs.start(asset);
    if (asset.method === 'direct' && (received?.file.size ?? 0) <= context.options.instantReadyBytes)
      await processed;
    return context.assets.get(asset.id) ?? asset;
  } catch (error) {
    // A reset takes the file away under the request, which then fails in any way.
    throw isOvertaken() && !(error instanceof ClientGoneError) ? overtaken() : error;
  } finally {
    await received?.file.discard();
  }
}

async function receive(context: Context, part: FilePart, head: Buffer): Promise<ReceivedFile> {
  if (!mayBeMedia(part.type)) {
    throw invalid('file', `Its type is ${part.type}; only video, audio and images are supported.`);
  }
  const kind = guessKind(part.type, head, part.filename ?? '');
  const { limits } = context.options;
  return {
    part,
    kind,
    limit: kind === 'image' ? limits.image : limits.direct,
    file: await context.files.create(),
  };
}

function tooLarge(received: ReceivedFile): Error {
  const limit = formatBytes(received.limit);
  if (received.kind === 'image') return invalid('file', `Images may have up to ${limit}.`);
  return new PlatformError(
    400,
    'video_filesize_too_large',
    `The file is too large. Local video and audio files may have up to ${limit}.`,
  );
}

const formSchema = z.strictObject({
  method: z.enum(['direct', 'url']),
  url: z.string().optional(),
  filename: z
    .string()
    .refine((name) => isFilenameLength(name), 'must have 1 to 255 characters')
    .optional(),
  enable_hls: booleanText.default(false),
  enable_thumbnail: booleanText.default(false),
  user_metadata: z.string().optional(),
});

function readForm(
  context: Context,
  parts: readonly FormPart[],
  received: ReceivedFile | undefined,
): AssetRecord {
  // Without a prototype: a part may be called "constructor" or "__proto__".
  const fields: Record<string, string> = Object.create(null);
  const files: Extract<FormPart, { sha256: string }>[] = [];
  for (const part of parts) {
    if (!('value' in part)) {
      if (part.name !== 'file') throw unknownParameter(part.name);
      files.push(part);
    } else if (part.name === 'file') {
      throw invalid('file', 'It has to be a file part: one with a filename.');
    } else if (part.name in fields) {
      throw invalid(part.name, 'It is there more than once.');
    } else {
      fields[part.name] = part.value;
    }
  }
  if (files.length > 1) throw invalid('file', 'There may be only one.');
  const form = validate(formSchema, fields);
  const common = {
    id: newId(context.clock.now()),
    created_at: context.clock.now(),
    status: 'processing',
    size: null,
    duration: null,
    technical_metadata: null,
    user_metadata: readMetadata(form.user_metadata),
    error: null,
    hls: form.enable_hls ? { status: 'pending' } : null,
    thumbnail: form.enable_thumbnail ? { status: 'pending' } : null,
  } as const satisfies Partial<AssetRecord>;
  if (form.method === 'url') {
    if (files.length > 0) throw invalid('file', 'It is only for method=direct; this is method=url.');
    const url = readUrl(form.url);
    return {
      ...common,
      method: 'url',
      url: url.href,
      filename: form.filename ?? filenameOfUrl(url),
      file_type: null,
      kind: guessKind('', new Uint8Array(), url.pathname),
    };
  }
  if (form.url !== undefined) throw invalid('url', 'It is only for method=url; this is method=direct.');
  const [file] = files;
  if (file === undefined) throw missing('file', 'method=direct needs one');
  // Nothing was received of a file without a single byte.
  if (received === undefined) throw invalid('file', 'The file is empty.');
  const filename = form.filename ?? basename(file.filename ?? '');
  if (!isFilenameLength(filename)) {
    throw invalid(
      'filename',
      `must have 1 to 255 characters; the file's own name has ${[...filename].length}.`,
    );
  }
  return {
    ...common,
    method: 'direct',
    url: null,
    filename,
    file_type: isMedia(received.part.type) ? received.part.type : null,
    kind: received.kind,
  };
}

function readUrl(text: string | undefined): URL {
  if (text === undefined || text === '') throw missing('url', 'method=url needs one');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(text)) {
    throw invalid('url', 'It has to be an absolute http or https URL.');
  }
  if (url.username !== '' || url.password !== '')
    throw invalid('url', 'It may not contain a user name or password.');
  return url;
}

function readMetadata(text: string | undefined): UserMetadata | null {
  if (text === undefined || text === '') return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid('user_metadata', 'It has to be an object encoded as JSON.');
  }
  return replacedMetadata(
    validate(z.strictObject({ user_metadata: userMetadataInput }), { user_metadata: parsed }).user_metadata,
  );
}

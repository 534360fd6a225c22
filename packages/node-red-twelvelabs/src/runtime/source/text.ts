import path from 'node:path';
import type { FileSource } from '@twelvelabs-nodes/core';
import type { Core } from '../core.ts';
import { defined } from '../operation.ts';
import type { SourceContext } from './context.ts';
import { type Described, withDescription } from './described.ts';
import { fileIssue } from './unusable.ts';

/** Longer than any path that a system takes: Linux takes 4,096 bytes, Windows 32,767 characters. */
const LONGEST_PATH = 32_767;
/** A drive of Windows has one letter, and `file:` and `data:` are no addresses. */
const ADDRESS = /^\s*(?!file:|data:)[a-z][a-z0-9+.-]+:\/\//i;
const DATA_URL = /^\s*data:/i;
const FILE_URL = /^\s*file:/i;
/** Of a URL without its scheme. It may hold a signature, which goes into no message. */
const QUERY = /\?[^?]*=.*$/s;

/** Whether a value is text that stands for an address, for the platform to fetch. */
export function isUrlToFetch(value: unknown): boolean {
  return typeof value === 'string' && ADDRESS.test(value.slice(0, 200));
}

/** The file that a text stands for: a data URL is its content, any other text the path of a file. */
export async function fromText(
  text: string,
  context: SourceContext,
  known: Described,
  named: Described,
): Promise<FileSource> {
  const { core, paths } = context;
  if (DATA_URL.test(text.slice(0, 20))) return core.fileFromBase64(text, defined(named));
  if (text.length > LONGEST_PATH) throw content(context, text);
  if (paths === 'none')
    throw fileIssue(
      core,
      'path',
      'must be content: this node is set not to read files by their path',
      core.shapeOf(text),
    );
  return atPath(text, context, known);
}

/**
 * The file at a path, relative to Node-RED's working directory.
 * @param known what the message or the node calls it
 */
export async function atPath(
  location: string,
  context: SourceContext,
  known: Described,
): Promise<FileSource> {
  const file = await openedAt(location, context);
  const { core, checkContent, becomesAsset, filename } = context;
  const isRenamed = filename !== undefined || Object.keys(defined(known)).length > 0;
  if (checkContent && (isRenamed || !becomesAsset)) await requireMedia(core, file);
  return withDescription(file, known);
}

/**
 * The same message that names a path could call any file a video: what is certainly no media under its own name is
 * refused whatever it is called.
 * @throws {ValidationError} for such a file
 */
async function requireMedia({ createAsset, ValidationError }: Core, file: FileSource): Promise<void> {
  const issues = await createAsset.check({ method: 'direct', file }, { upload: 'direct', checkSize: false });
  const aboutContent = issues.filter(({ rule }) => rule === 'kind');
  if (aboutContent.length > 0) throw new ValidationError(aboutContent);
}

async function openedAt(location: string, context: SourceContext): Promise<FileSource> {
  const { core, workingDirectory = '' } = context;
  const place = FILE_URL.test(location)
    ? location.trim()
    : path.resolve(workingDirectory, location.trimStart());
  try {
    return await core.fileFromPath(place);
  } catch (error) {
    const rule = error instanceof core.ValidationError ? error.issues[0]?.rule : undefined;
    if (rule !== 'exists' && rule !== 'path') throw error;
    if (isContent(location)) throw content(context, location);
    const isLink = QUERY.test(location);
    if (rule === 'path' && !isLink) throw error;
    const name = JSON.stringify(location.replace(QUERY, '').trim().slice(0, 200));
    const relative =
      path.isAbsolute(location.trim()) || isLink ? '' : ` in ${path.resolve(workingDirectory)}`;
    const message = `must be the path of an existing file, or a URL that starts with https://: there is no file ${name}${relative}`;
    throw fileIssue(core, 'exists', message, 'no such file');
  }
}

/** Text over several lines, with control characters, of many characters, or as Base64 has them, is hardly a path. */
function isContent(text: string): boolean {
  const trimmed = text.trim();
  return (
    trimmed.length > 4096 || /[\p{Cc}\ufffd]/u.test(trimmed) || /^[A-Za-z0-9+/_-]{80,}={0,2}$/.test(trimmed)
  );
}

function content({ core }: SourceContext, text: string) {
  const message =
    'is text that looks like the content of a file, and must be a Buffer: let "http request" return "a binary buffer", "file in" "a single Buffer object", and decode Base64 with a base64 node';
  return fileIssue(core, 'content', message, core.shapeOf(text));
}

import { excerpt } from '../text/excerpt.ts';
import { typeOfName } from './extensions.ts';
import { type Recognised, recognise } from './signatures.ts';

export type MediaKind = 'video' | 'audio' | 'image';

export interface DetectedMedia {
  readonly kind: MediaKind;
  /** Media type to send. */
  readonly type: string;
  readonly from: 'media type' | 'first bytes' | 'name';
}

/** Types that say nothing about the kind: a container of either, or "some bytes". */
const INDECISIVE =
  /^(application\/(octet-stream|x-octet-stream|mp4|ogg|mxf|x-matroska|vnd\.rn-realmedia|x-mpegurl|unknown|x-unknown)|binary\/octet-stream|\*\/\*)$/;

/** What the platform takes, for messages. Source: "Create an asset", supported content. */
export const SUPPORTED_CONTENT = 'a video, audio or image file';

/** The essence of a media type: lower case, without parameters. */
export function essence(type: string | undefined): string {
  return (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** RFC 9110 §8.3.1: two tokens. What holds more would split the header of the part. */
const TYPE = /^([!#$%&'*+.^_`|~\w-]+)\/[!#$%&'*+.^_`|~\w-]+$/;

/** The kind that a media type names by itself. */
export function kindOfType(type: string | undefined): MediaKind | undefined {
  const main = TYPE.exec(essence(type))?.[1];
  return main === 'video' || main === 'audio' || main === 'image' ? main : undefined;
}

export function isDecisive(type: string | undefined): boolean {
  return kindOfType(type) !== undefined;
}

/**
 * Finds kind and media type: from the media type, else from the first bytes, else from the name.
 * A type that names something else (a PDF, a text) is believed unless the bytes are media.
 * @returns the media, or a phrase saying what the file is instead.
 */
export function detectMedia(
  type: string | undefined,
  name: string,
  head?: Uint8Array,
): DetectedMedia | string {
  const declared = essence(type);
  const kind = kindOfType(declared);
  if (kind) return { kind, type: declared, from: 'media type' };

  const found: Recognised | undefined = head ? recognise(head) : undefined;
  const foundKind = kindOfType(found);
  if (found && foundKind) return { kind: foundKind, type: found, from: 'first bytes' };
  if (found) return found;

  if (declared && !INDECISIVE.test(declared)) return excerpt(declared, 100);
  const named = typeOfName(name);
  const namedKind = kindOfType(named);
  if (named && namedKind) return { kind: namedKind, type: named, from: 'name' };
  return excerpt(declared, 100) || 'a file of unknown type';
}

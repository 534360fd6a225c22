import { essence, isMediaType, kindOfType, type MediaKind, UNKNOWN_TYPE } from './kind.ts';
import { typeOfName } from './names.ts';
import { type NotMedia, notMedia } from './not-media.ts';
import type { Recognized } from './recognized.ts';
import { recognize } from './signatures.ts';

export interface DetectedMedia {
  readonly kind: MediaKind;
  /** Media type to send. */
  readonly type: string;
  /** What told the kind. */
  readonly from: 'first bytes' | 'name' | 'media type';
}

/** What is known of a file. */
export interface Evidence {
  /** Its first bytes, where they were read. */
  readonly head?: Uint8Array | undefined;
  /** Its names, the one that counts most first. */
  readonly names: readonly (string | undefined)[];
  /** Its declared media type. */
  readonly type: string | undefined;
}

export type Verdict =
  | { readonly is: 'media'; readonly media: DetectedMedia }
  | { readonly is: 'not media'; readonly found: NotMedia }
  /** Nobody can tell; `type` is what was declared, for the platform to judge. */
  | { readonly is: 'unknown'; readonly type: string };

/**
 * Finds out what a file is: by its first bytes, else by its name, else by its declared media type, which programs often
 * set without looking. Of a container whose first bytes do not show the tracks, name and type tell whether it is audio;
 * without them it is a video. Motion JPEG begins like one JPEG image: its name or type decides.
 */
export function detectMedia({ head, names, type }: Evidence): Verdict {
  const shown = head && recognize(head);
  const declared = essence(type);
  const named = names.map(typeOfName).find((found) => found !== undefined);
  if (shown) return { is: 'media', media: { ...completed(shown, named ?? declared), from: 'first bytes' } };
  const found = head && notMedia(head);
  const kind = kindOfType(named);
  const declaredKind = kindOfType(declared);
  if (found && !(found.isShort && (kind ?? declaredKind))) return { is: 'not media', found };
  // Of two names for the same kind, the one that somebody chose for this file.
  if (kind && named)
    return { is: 'media', media: { kind, type: declaredKind === kind ? declared : named, from: 'name' } };
  if (declaredKind) return { is: 'media', media: { kind: declaredKind, type: declared, from: 'media type' } };
  return { is: 'unknown', type: isMediaType(declared) ? declared : UNKNOWN_TYPE };
}

const MOTION_JPEG = /^video\/(x-)?(motion-jpeg|mjpe?g)$/;

function completed(shown: Recognized, hint: string): { kind: MediaKind; type: string } {
  if (shown.kind)
    return shown.type === 'image/jpeg' && MOTION_JPEG.test(hint) ? { kind: 'video', type: hint } : shown;
  const kind = kindOfType(hint) === 'audio' ? 'audio' : 'video';
  return { kind, type: shown.types[kind] };
}

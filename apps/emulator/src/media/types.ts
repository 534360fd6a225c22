import type { Kind } from '../store/asset.ts';

/** Media types by file extension, for names that are all one has. */
const byExtension: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
  avi: 'video/x-msvideo',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  ts: 'video/mp2t',
  flv: 'video/x-flv',
  wmv: 'video/x-ms-wmv',
  '3gp': 'video/3gpp',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  aac: 'audio/aac',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/opus',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  heic: 'image/heic',
  avif: 'image/avif',
};

/** `application/...` types that video or audio is really sent with. */
const applicationMedia = new Set([
  'mp4',
  'mxf',
  'ogg',
  'x-matroska',
  'x-mpegurl',
  'vnd.apple.mpegurl',
  'octet-stream',
]);

/** The part of a Content-Type before its parameters, in lower case. */
export function mediaType(contentType: string | undefined | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** True when the type says nothing: missing, or the one that senders use for want of a better. */
export function isUnknownType(type: string): boolean {
  return type === '' || type === 'application/octet-stream' || type === 'binary/octet-stream';
}

/** True unless a file of this declared type can only be something other than media (a PDF, a web page, a text). */
export function mayBeMedia(type: string): boolean {
  if (isUnknownType(type)) return true;
  const [family, name] = type.split('/', 2);
  if (family === 'video' || family === 'audio' || family === 'image') return true;
  return family === 'application' && applicationMedia.has(name ?? '');
}

/** The kind a media type stands for, if it says. */
function kindOfType(type: string): Kind | null {
  const family = type.split('/', 1)[0];
  return family === 'video' || family === 'audio' || family === 'image' ? family : null;
}

/** The usual media type of a file so named, if its extension is a known one. */
export function typeOfName(filename: string): string | null {
  const extension = /\.([^./\\]+)$/.exec(filename)?.[1]?.toLowerCase();
  return (extension !== undefined && byExtension[extension]) || null;
}

/**
 * Recognises an image by its first 16 bytes. Only images: the size limit is the one thing that has to be known
 * before a file can be probed, and theirs is the one that differs.
 */
function looksLikeImage(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 16)).toString('latin1');
  return (
    text.startsWith('\xff\xd8\xff') ||
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    text.startsWith('GIF87a') ||
    text.startsWith('GIF89a') ||
    text.startsWith('BM') ||
    text.startsWith('II*\0') ||
    text.startsWith('MM\0*') ||
    (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') ||
    (text.slice(4, 8) === 'ftyp' && /^(heic|heix|mif1|avif)/.test(text.slice(8, 12)))
  );
}

/** The kind of a file as far as can be told before probing: declared type, else first bytes, else name. */
export function guessKind(declaredType: string, head: Uint8Array, filename: string): Kind | null {
  if (!isUnknownType(declaredType)) return kindOfType(declaredType);
  if (looksLikeImage(head)) return 'image';
  return kindOfType(typeOfName(filename) ?? '');
}

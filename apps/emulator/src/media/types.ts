import type { Kind } from '../asset-record.ts';

/** Media types by file extension, of all kinds that probing knows, for names that are all one has. */
const byExtension: Readonly<Record<string, string>> = {
  ...named('video/mp4', 'mp4', 'm4v'),
  ...named('video/quicktime', 'mov', 'qt'),
  ...named('video/x-matroska', 'mkv'),
  ...named('video/webm', 'webm'),
  ...named('video/x-msvideo', 'avi'),
  ...named('video/mpeg', 'mpg', 'mpeg', 'vob'),
  ...named('video/mp2t', 'ts', 'mts', 'm2ts'),
  ...named('video/x-flv', 'flv'),
  ...named('video/x-ms-wmv', 'wmv', 'asf'),
  ...named('video/3gpp', '3gp', '3g2'),
  ...named('video/ogg', 'ogv'),
  ...named('video/x-dv', 'dv'),
  ...named('video/x-ivf', 'ivf'),
  ...named('application/mxf', 'mxf'),
  ...named('application/vnd.rn-realmedia', 'rm', 'rmvb'),
  ...named('audio/mpeg', 'mp3', 'mp2'),
  ...named('audio/wav', 'wav'),
  ...named('audio/flac', 'flac'),
  ...named('audio/aac', 'aac'),
  ...named('audio/mp4', 'm4a', 'm4b'),
  ...named('audio/ogg', 'ogg', 'oga', 'spx'),
  ...named('audio/opus', 'opus'),
  ...named('audio/webm', 'weba'),
  ...named('audio/x-matroska', 'mka'),
  ...named('audio/x-ms-wma', 'wma'),
  ...named('audio/x-aiff', 'aif', 'aiff'),
  ...named('audio/x-caf', 'caf'),
  ...named('audio/amr', 'amr'),
  ...named('audio/ac3', 'ac3'),
  ...named('audio/basic', 'au'),
  ...named('audio/x-ape', 'ape'),
  ...named('audio/x-wavpack', 'wv'),
  ...named('audio/x-tta', 'tta'),
  ...named('image/jpeg', 'jpg', 'jpeg'),
  ...named('image/png', 'png'),
  ...named('image/gif', 'gif'),
  ...named('image/webp', 'webp'),
  ...named('image/bmp', 'bmp'),
  ...named('image/tiff', 'tif', 'tiff'),
  ...named('image/heic', 'heic', 'heif'),
  ...named('image/avif', 'avif'),
  ...named('image/jp2', 'jp2'),
  ...named('image/vnd.adobe.photoshop', 'psd'),
  ...named('image/x-icon', 'ico'),
  ...named('image/x-canon-cr3', 'cr3'),
};

function named(type: string, ...extensions: string[]): Record<string, string> {
  return Object.fromEntries(extensions.map((extension) => [extension, type]));
}

/** `application/...` types that stand for video or audio. */
const applicationMedia = /^(mp4|mxf|ogg|x-matroska|x-mpegurl|vnd\.apple\.mpegurl|vnd\.rn-realmedia)$/;

/** `application/...` types that can only be something else. Others are left to probing. */
const applicationOther =
  /^(pdf|json|xml|zip|gzip|x-tar|x-7z-compressed|javascript|rtf|msword|wasm|vnd\.(ms-(?!asf)|openxmlformats|oasis).*|.*\+(json|xml|zip))$/;

/** The part of a Content-Type before its parameters, in lower case. */
export function mediaType(contentType: string | undefined | null): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** True unless a file of this declared type can only be something other than media (a PDF, a web page, a text). */
export function mayBeMedia(type: string): boolean {
  const [family = '', name = ''] = type.split('/', 2);
  if (family === 'application') return !applicationOther.test(name);
  return !['text', 'font', 'message', 'multipart'].includes(family);
}

/** True when the type is one of media, so that an asset may carry it. */
export function isMedia(type: string): boolean {
  const [family = '', name = ''] = type.split('/', 2);
  return kindOfType(type) !== null || (family === 'application' && applicationMedia.test(name));
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
 * Recognizes an image by its first 16 bytes. Only images: the size limit is the one thing that has to be known
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
    text.startsWith('\0\0\0\fjP  ') ||
    text.startsWith('8BPS') ||
    (text.slice(4, 8) === 'ftyp' && /^(hei|hev|mif|msf|avi|crx)/.test(text.slice(8, 12)))
  );
}

/** The kind of a file as far as it is known before probing: declared type, else first bytes, else name. */
export function guessKind(declaredType: string, head: Uint8Array, filename: string): Kind | null {
  const declared = kindOfType(declaredType);
  if (declared !== null) return declared;
  if (looksLikeImage(head)) return 'image';
  return kindOfType(typeOfName(filename) ?? '');
}

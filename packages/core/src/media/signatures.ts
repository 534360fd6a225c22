/**
 * Tells media from its first bytes. A library would tell hundreds of types and weigh more than all of
 * core; three kinds and the usual wrong files are enough here.
 * Sources: the containers' own specifications (ISO 14496-12, RFC 9559, RIFF, RFC 3533, PNG, JFIF…).
 */

/** A media type; not `video/`, `audio/` or `image/` when the file is something the platform does not take. */
export type Recognised = string;

/** Bytes that `recognise` wants to see. */
export const HEAD_BYTES = 4096;

const ascii = (bytes: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...bytes.subarray(start, end));

/** The media type that the first bytes of a file show, or `undefined` when they show none. */
export function recognise(head: Uint8Array): Recognised | undefined {
  const at = (offset: number, text: string) => ascii(head, offset, offset + text.length) === text;
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);

  if (at(4, 'ftyp')) return ofBrand(ascii(head, 8, 12));
  if (['moov', 'mdat', 'wide', 'pnot'].some((box) => at(4, box))) return 'video/quicktime';
  if (at(0, 'RIFF')) return ofRiff(ascii(head, 8, 12));
  if (starts(0x1a, 0x45, 0xdf, 0xa3)) return ofMatroska(ascii(head, 0, 256));
  if (at(0, 'OggS')) return ascii(head, 0, 256).includes('theora') ? 'video/ogg' : 'audio/ogg';
  if (starts(0x89) && at(1, 'PNG')) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (at(0, 'GIF8')) return 'image/gif';
  if (at(0, 'II*\0') || at(0, 'MM\0*')) return 'image/tiff';
  if (at(0, 'BM') && at(6, '\0\0\0\0')) return 'image/bmp';
  if (at(0, 'ID3')) return 'audio/mpeg';
  if (at(0, 'fLaC')) return 'audio/flac';
  if (at(0, '#!AMR')) return 'audio/amr';
  if (at(0, 'FORM') && (at(8, 'AIFF') || at(8, 'AIFC'))) return 'audio/aiff';
  if (at(0, 'FLV\x01')) return 'video/x-flv';
  if (starts(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11)) return 'video/x-ms-asf';
  if (starts(0, 0, 1, 0xba) || starts(0, 0, 1, 0xb3)) return 'video/mpeg';
  if (head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) return 'video/mp2t';
  if (starts(0xff) && isMpegAudioFrame(head)) return (head[1] ?? 0) & 0x06 ? 'audio/mpeg' : 'audio/aac';
  return ofOtherFile(head, at);
}

function ofBrand(brand: string): Recognised {
  if (/^M4[AB] $/.test(brand)) return 'audio/mp4';
  if (/^(heic|heix|hevc|mif1|msf1)$/.test(brand)) return 'image/heic';
  if (/^avi[fs]$/.test(brand)) return 'image/avif';
  if (brand === 'qt  ') return 'video/quicktime';
  if (/^3g[2p]/.test(brand)) return brand.startsWith('3g2') ? 'video/3gpp2' : 'video/3gpp';
  return 'video/mp4';
}

function ofRiff(form: string): Recognised | undefined {
  return { 'AVI ': 'video/x-msvideo', WAVE: 'audio/wav', WEBP: 'image/webp' }[form];
}

function ofMatroska(head: string): Recognised {
  return head.includes('webm') ? 'video/webm' : 'video/x-matroska';
}

/** Eleven sync bits, then a version, layer, bit rate and sample rate that are not the reserved ones. */
function isMpegAudioFrame(head: Uint8Array): boolean {
  const [, second = 0, third = 0] = head;
  const isAdts = (second & 0xf6) === 0xf0;
  const isMp3 = (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02;
  return isAdts || (isMp3 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c);
}

/** Files that people pick by mistake, named so that the message can say what they are. */
function ofOtherFile(
  head: Uint8Array,
  at: (offset: number, text: string) => boolean,
): Recognised | undefined {
  if (at(0, '%PDF-')) return 'application/pdf';
  if (at(0, 'PK\x03\x04')) return 'application/zip';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'application/gzip';
  if (/^\s*<(!doctype html|html)/i.test(ascii(head, 0, 256))) return 'text/html';
  return undefined;
}

import { transportStream } from './containers/transport-stream.ts';
import { containerOf } from './containers.ts';
import { hasAt, uint } from './head.ts';
import { ofType, type Recognized } from './recognized.ts';
import { textOf, withoutProlog } from './text-content.ts';

/**
 * Media types and how their files begin ("?": any byte), with the offset where it is not 0. Sources: the formats' own
 * specifications, the signatures of FFmpeg's demuxers and of libmagic. Tested against the library `file-type`.
 */
export const SIGNATURES: readonly (readonly [type: string, magic: string, offset?: number])[] = [
  ['video/x-msvideo', 'RIFF????AMV '],
  ['video/mpeg', 'RIFF????CDXA'],
  ['video/mpeg', '\0\0\x01\xb3'],
  ['video/mp4v-es', '\0\0\x01\xb0'],
  ['video/mp4v-es', '\0\0\x01\xb5'],
  ['video/h264', '\0\0\0\x01\x67'],
  ['video/h264', '\0\0\0\x01\x27'],
  ['video/h264', '\0\0\0\x01\x09'],
  ['video/h264', '\0\0\0\x01\x47'],
  ['video/h264', '\0\0\0\x01\x06'],
  ['video/h264', '\0\0\x01\x67'],
  ['video/h264', '\0\0\x01\x09'],
  ['video/h265', '\0\0\0\x01\x40\x01'],
  ['video/h265', '\0\0\0\x01\x46\x01'],
  ['video/h265', '\0\0\0\x01\x4e\x01'],
  ['video/h266', '\0\0\0\x01\0\x71'],
  ['video/h266', '\0\0\0\x01\0\x79'],
  ['video/h266', '\0\0\0\x01\0\xa1'],
  ['video/av1', '\x12\0\x0a'],
  ['video/vc1', '\0\0\x01\x0f'],
  ['video/x-gxf', '\0\0\0\0\x01\xbc'],
  ['video/x-dv', '\x1f\x07\0'],
  ['video/x-ivf', 'DKIF'],
  ['video/x-nut', 'nut/multimedia container'],
  ['video/x-bink', 'BIKi'],
  ['video/x-bink', 'KB2'],
  ['video/x-smacker', 'SMK2'],
  ['video/x-smacker', 'SMK4'],
  ['video/x-flic', '????\x11\xaf'],
  ['video/x-flic', '????\x12\xaf'],
  ['video/x-nsv', 'NSVf'],
  ['video/x-nsv', 'NSVs'],
  ['video/x-mng', '\x8aMNG'],
  ['video/x-sgi-movie', 'MOVI'],
  ['video/x-red', '????RED1'],
  ['video/x-red', '????RED2'],
  ['video/x-ms-wtv', '\xb7\xd8\0\x20\x37\x49\xda\x11'],
  ['video/x-dav', 'DHAV'],
  ['audio/mpeg', 'ID3'],
  ['audio/mpeg', 'APETAGEX'],
  ['audio/flac', 'fLaC'],
  ['audio/amr-wb', '#!AMR-WB'],
  ['audio/amr', '#!AMR'],
  ['audio/evrc', '#!EVRC'],
  ['audio/x-silk', '#!SILK'],
  ['audio/x-silk', '\x02#!SILK'],
  ['audio/wav', 'RIFF????WAVE'],
  ['audio/wav', 'RIFX????WAVE'],
  ['audio/wav', 'RF64????WAVE'],
  ['audio/wav', 'BW64????WAVE'],
  ['audio/wav', 'riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb????????????wave'],
  ['audio/qcelp', 'RIFF????QLCM'],
  ['audio/midi', 'RIFF????RMID'],
  ['audio/midi', 'MThd'],
  ['audio/x-8svx', 'FORM????8SVX'],
  ['audio/x-8svx', 'FORM????16SV'],
  ['image/x-ilbm', 'FORM????ILBM'],
  ['image/x-ilbm', 'FORM????PBM '],
  ['video/x-anim', 'FORM????ANIM'],
  ['audio/aiff', 'FORM????AI'],
  ['audio/basic', '.snd'],
  ['audio/basic', 'dns.'],
  ['audio/x-caf', 'caff'],
  ['audio/x-ape', 'MAC '],
  ['audio/x-wavpack', 'wvpk'],
  ['audio/x-musepack', 'MP+'],
  ['audio/x-musepack', 'MPCK'],
  ['audio/x-tta', 'TTA1'],
  ['audio/x-tak', 'tBaK'],
  ['audio/x-optimfrog', 'OFR '],
  ['audio/x-dsf', 'DSD '],
  ['audio/x-dff', 'FRM8????????DSD '],
  ['audio/x-shorten', 'ajkg'],
  ['audio/x-twinvq', 'TWIN9'],
  ['audio/vnd.dts', '\x7f\xfe\x80\x01'],
  ['audio/vnd.dts', '\xfe\x7f\x01\x80'],
  ['audio/vnd.dts', '\x1f\xff\xe8\0'],
  ['audio/vnd.dts', '\xff\x1f\0\xe8'],
  ['audio/vnd.dts', 'DTSHDHDR'],
  ['audio/vnd.dolby.mlp', '????\xf8\x72\x6f\xba'],
  ['audio/vnd.dolby.mlp', '????\xf8\x72\x6f\xbb'],
  ['audio/vnd.audible', '????\x57\x90\x75\x36'],
  ['audio/x-voc', 'Creative Voice File'],
  ['audio/x-it', 'IMPM'],
  ['audio/x-xm', 'Extended Module:'],
  ['audio/x-s3m', 'SCRM', 44],
  ['audio/x-mod', 'M.K.', 1_080],
  ['audio/x-pn-realaudio', '.ra\xfd'],
  ['audio/x-oma', 'ea3'],
  ['audio/x-oma', 'EA3\x01'],
  ['audio/x-smaf', 'MMMD'],
  ['audio/aac', 'ADIF'],
  ['image/png', '\x89PNG'],
  ['image/x-jng', '\x8bJNG'],
  ['image/jls', '\xff\xd8\xff\xf7'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF'],
  ['image/webp', 'RIFF????WEBP'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
  ['image/tiff', 'II+\0'],
  ['image/tiff', 'MM\0+'],
  ['image/x-olympus-orf', 'IIRO'],
  ['image/x-olympus-orf', 'IIRS'],
  ['image/x-olympus-orf', 'MMOR'],
  ['image/x-panasonic-rw2', 'IIU\0'],
  ['image/vnd.ms-photo', 'II\xbc'],
  ['image/x-raw', 'IIII'],
  ['image/x-canon-crw', 'II\x1a\0\0\0HEAPCCDR'],
  ['image/x-fujifilm-raf', 'FUJIFILMCCD-RAW'],
  ['image/x-sigma-x3f', 'FOVb'],
  ['image/x-minolta-mrw', '\0MRM'],
  ['image/vnd.adobe.photoshop', '8BPS'],
  ['image/x-xcf', 'gimp xcf '],
  ['image/icns', 'icns'],
  ['image/bpg', 'BPG\xfb'],
  ['image/flif', 'FLIF'],
  ['image/ktx2', '\xabKTX 20'],
  ['image/ktx', '\xabKTX'],
  ['image/j2c', '\xff\x4f\xff\x51'],
  ['image/jxl', '\xff\x0a'],
  ['image/jxl', '\0\0\0\x0cJXL \r\n\x87\n'],
  ['image/vnd.ms-dds', 'DDS '],
  ['image/x-exr', 'v/1\x01'],
  ['image/qoi', 'qoif'],
  ['image/x-farbfeld', 'farbfeld'],
  ['image/x-dpx', 'SDPX'],
  ['image/x-dpx', 'XPDS'],
  ['image/x-cineon', '\x80\x2a\x5f\xd7'],
  ['image/x-sgi', '\x01\xda'],
  ['image/x-pcx', '\x0a\x05\x01'],
  ['image/wmf', '\xd7\xcd\xc6\x9a'],
  ['image/emf', ' EMF', 40],
  ['image/vnd.dwg', 'AC10'],
  ['image/vnd.djvu', 'AT&TFORM'],
];

/**
 * Media that is text, or begins with a header of text. The samples behind such a header can look like text as well: those
 * of a gray picture do.
 */
const TEXT_MEDIA: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['image/vnd.radiance', /^#\?(RADIANCE|RGBE)/],
  ['image/fits', /^SIMPLE {2}=/],
  ['image/x-portable-anymap', /^P([1-6]\s+[\d#]|7\s+(WIDTH|#)|[Ff]\s+\d)/],
  ['image/x-xpixmap', /^\/\* XPM \*\//],
  ['image/x-xbitmap', /^#define \w+_width \d/],
  ['video/x-yuv4mpeg', /^YUV4MPEG2 /],
  ['audio/x-nist', /^NIST_1A\n/],
];

/** A file of a binary format is no text this far; shorter bytes may be all letters by chance. */
const TEXT_BYTES = 64;

/** The media that the first bytes of a file show, or `undefined` when they show none. */
export function recognize(head: Uint8Array): Recognized | undefined {
  const text = textOf(head);
  const start = text ?? beginning(head);
  if (/^<(\w+:)?svg[\s>]/i.test(withoutProlog(start))) return ofType('image/svg+xml');
  const [written] = TEXT_MEDIA.find(([, pattern]) => pattern.test(start)) ?? [];
  if (written) return ofType(written);
  if (text !== undefined && head.byteLength >= TEXT_BYTES) return undefined;

  const [type] = SIGNATURES.find(([, magic, offset]) => hasAt(head, magic, offset)) ?? [];
  if (type) return ofType(type);
  const container = containerOf(head);
  if (container) return container;
  if (text !== undefined) return undefined;
  const loose = LOOSE.find(({ shows }) => shows(head));
  return loose ? ofType(loose.type) : transportStream(head);
}

/** Media of the text formats may go on with bytes that are no text. */
function beginning(head: Uint8Array): string {
  return String.fromCharCode(...head.subarray(0, 16));
}

/** Formats without a signature of their own: a few bits, which other bytes have by chance, so that these come last. */
const LOOSE: readonly { readonly type: string; shows(head: Uint8Array): boolean }[] = [
  { type: 'image/bmp', shows: isBitmap },
  { type: 'image/x-icon', shows: isIcon },
  { type: 'video/mp4v-es', shows: (head) => hasAt(head, '\0\0\x01\0') || hasAt(head, '\0\0\x01\x20') },
  { type: 'audio/ac3', shows: isAc3 },
  { type: 'audio/aac', shows: isAdts },
  { type: 'audio/mpeg', shows: isMpegAudio },
  { type: 'audio/mp4a-latm', shows: (head) => head[0] === 0x56 && ((head[1] ?? 0) & 0xe0) === 0xe0 },
];

/** Sizes of the headers of a Windows bitmap. Source: Microsoft, "Bitmap Storage". */
const BITMAP_HEADERS = [12, 16, 40, 52, 56, 64, 108, 124];

function isBitmap(head: Uint8Array): boolean {
  return hasAt(head, 'BM') && (hasAt(head, '\0\0\0\0', 6) || BITMAP_HEADERS.includes(head[14] ?? 0));
}

/** An icon or a cursor, which holds at least one picture. */
function isIcon(head: Uint8Array): boolean {
  const isEither = hasAt(head, '\0\0\x01\0') || hasAt(head, '\0\0\x02\0');
  return isEither && uint(head, 4, 2) !== 0 && (head[5] ?? 0) === 0;
}

/** ATSC A/52: a sync word, then rates and a version that exist. */
function isAc3(head: Uint8Array): boolean {
  const version = (head[5] ?? 0) >> 3;
  return hasAt(head, '\x0b\x77') && version <= 16 && (version > 10 || (head[4] ?? 0) >> 6 !== 3);
}

/** ISO 14496-3, ADTS: 12 sync bits, layer 0, a sample rate that exists. */
function isAdts(head: Uint8Array): boolean {
  const [first, second = 0, third = 0] = head;
  return first === 0xff && (second & 0xf6) === 0xf0 && ((third >> 2) & 0xf) < 13;
}

/** ISO 11172-3: 11 sync bits, then a version, layer, bit rate and sample rate that exist. */
function isMpegAudio(head: Uint8Array): boolean {
  const [first, second = 0, third = 0] = head;
  const exists =
    (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
  return first === 0xff && (second & 0xe0) === 0xe0 && exists;
}

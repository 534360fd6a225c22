import { essence, kindOfType } from './kind.ts';

/**
 * Filename extensions by media type, the usual one first. Sources: the IANA registry, shared-mime-info, and the
 * extensions that FFmpeg's demuxers name.
 */
export const EXTENSIONS: Readonly<Record<string, string>> = {
  'video/mp4': 'mp4 mp4v mpg4 m4p f4v f4p m4s cmfv lrv 360 insv ismv',
  'video/x-m4v': 'm4v m4vh m4vp',
  'video/quicktime': 'mov qt mqv',
  'video/x-matroska': 'mkv mk3d',
  'video/webm': 'webm',
  'video/x-msvideo': 'avi divx xvid amv',
  'video/x-ms-wmv': 'wmv wm',
  'video/x-ms-asf': 'asf dvr-ms',
  'video/x-ms-wtv': 'wtv',
  'video/x-flv': 'flv',
  'video/mpeg': 'mpg mpeg mpe m1v m2v mpv m2p vob tod evo',
  'video/mp2t': 'ts mts m2ts m2t mt2s trp tp',
  'video/ogg': 'ogv ogm ogx',
  'video/3gpp': '3gp 3gpp',
  'video/3gpp2': '3g2 3gpp2 3gp2',
  'video/mxf': 'mxf',
  'video/x-gxf': 'gxf',
  'video/vnd.rn-realvideo': 'rm rmvb rv',
  'video/x-dv': 'dv',
  'video/h264': 'h264 264 avc',
  'video/h265': 'h265 265 hevc',
  'video/h266': 'h266 266 vvc',
  'video/av1': 'obu av1',
  'video/vc1': 'vc1',
  'video/mj2': 'mj2 mjp2',
  'video/x-motion-jpeg': 'mjpeg mjpg',
  'video/x-ivf': 'ivf',
  'video/x-yuv4mpeg': 'y4m',
  'video/x-nut': 'nut',
  'video/x-nsv': 'nsv',
  'video/x-bink': 'bik bk2',
  'video/x-smacker': 'smk',
  'video/x-flic': 'flc fli',
  'video/x-mng': 'mng',
  'video/x-sgi-movie': 'movie',
  'video/x-red': 'r3d',
  'video/x-braw': 'braw',
  'video/x-dav': 'dav',
  'audio/mpeg': 'mp3 mp2 mp1 mpga m2a mpa',
  'audio/mp4': 'm4a m4b m4r f4a f4b cmfa isma alac',
  'audio/vnd.audible.aax': 'aax aaxc',
  'audio/vnd.audible': 'aa',
  'audio/aac': 'aac adts',
  'audio/wav': 'wav wave w64 rf64 bwf bw64',
  'audio/flac': 'flac',
  'audio/ogg': 'ogg oga opus spx',
  'audio/webm': 'weba',
  'audio/x-matroska': 'mka',
  'audio/x-ms-wma': 'wma',
  'audio/aiff': 'aif aiff aifc',
  'audio/basic': 'au snd',
  'audio/x-caf': 'caf',
  'audio/3gpp': '3ga',
  'audio/amr': 'amr',
  'audio/amr-wb': 'awb',
  'audio/ac3': 'ac3',
  'audio/eac3': 'eac3 ec3',
  'audio/ac4': 'ac4',
  'audio/vnd.dolby.mlp': 'thd truehd mlp',
  'audio/vnd.dts': 'dts dtshd',
  'audio/x-ape': 'ape',
  'audio/x-wavpack': 'wv',
  'audio/x-musepack': 'mpc',
  'audio/x-tta': 'tta',
  'audio/x-tak': 'tak',
  'audio/x-optimfrog': 'ofr ofs',
  'audio/x-dsf': 'dsf',
  'audio/x-dff': 'dff',
  'audio/x-shorten': 'shn',
  'audio/x-twinvq': 'vqf',
  'audio/midi': 'mid midi kar rmi',
  'audio/x-it': 'it',
  'audio/x-xm': 'xm',
  'audio/x-s3m': 's3m',
  'audio/x-voc': 'voc',
  'audio/qcelp': 'qcp',
  'audio/x-pn-realaudio': 'ra',
  'audio/x-oma': 'oma at3 aa3',
  'audio/x-silk': 'silk slk sil',
  'audio/x-8svx': '8svx',
  'audio/x-gsm': 'gsm',
  'audio/x-smaf': 'mmf',
  'image/jpeg': 'jpg jpeg jpe jfif jif pjpeg pjp mpo',
  'image/jls': 'jls',
  'image/png': 'png',
  'image/apng': 'apng',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp dib',
  'image/tiff': 'tif tiff',
  'image/heic': 'heic heics',
  'image/heif': 'heif heifs hif',
  'image/avif': 'avif avifs',
  'image/avci': 'avci avcs',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico cur',
  'image/icns': 'icns',
  'image/vnd.adobe.photoshop': 'psd psb',
  'image/x-xcf': 'xcf',
  'image/flif': 'flif',
  'image/bpg': 'bpg',
  'image/vnd.ms-photo': 'jxr wdp hdp',
  'image/jp2': 'jp2 j2k',
  'image/jpx': 'jpx jpf',
  'image/jpm': 'jpm',
  'image/j2c': 'j2c jpc',
  'image/jxl': 'jxl',
  'image/x-canon-cr2': 'cr2',
  'image/x-canon-cr3': 'cr3',
  'image/x-canon-crw': 'crw',
  'image/x-nikon-nef': 'nef nrw',
  'image/x-sony-arw': 'arw sr2 srf',
  'image/x-adobe-dng': 'dng',
  'image/x-olympus-orf': 'orf',
  'image/x-panasonic-rw2': 'rw2 rwl',
  'image/x-fujifilm-raf': 'raf',
  'image/x-pentax-pef': 'pef',
  'image/x-samsung-srw': 'srw',
  'image/x-sigma-x3f': 'x3f',
  'image/x-minolta-mrw': 'mrw',
  'image/x-raw': '3fr iiq erf kdc dcr mef mos',
  'image/vnd.ms-dds': 'dds',
  'image/x-exr': 'exr',
  'image/vnd.radiance': 'hdr',
  'image/qoi': 'qoi',
  'image/x-farbfeld': 'ff',
  'image/x-dpx': 'dpx',
  'image/x-cineon': 'cin',
  'image/fits': 'fits',
  'image/x-portable-anymap': 'pnm pbm pgm ppm pam pfm',
  'image/x-sgi': 'sgi rgb',
  'image/x-pcx': 'pcx',
  'image/x-tga': 'tga targa',
  'image/wmf': 'wmf',
  'image/emf': 'emf',
  'image/vnd.dwg': 'dwg',
  'image/vnd.djvu': 'djvu djv',
  'image/ktx': 'ktx',
  'image/ktx2': 'ktx2',
  'image/x-xpixmap': 'xpm',
  'image/x-xbitmap': 'xbm',
  'image/x-jng': 'jng',
  'image/x-pict': 'pict pct',
  'image/x-ilbm': 'iff ilbm lbm',
};

/** Types by other names than this table has, and types that are sent only when the check of content is off. */
export const OTHER_TYPES: Readonly<Record<string, string>> = {
  'application/mp4': 'mp4',
  'application/mxf': 'mxf',
  'application/ogg': 'ogx',
  'application/x-matroska': 'mkv',
  'application/vnd.rn-realmedia': 'rm',
  'application/vnd.rn-realmedia-vbr': 'rmvb',
  'application/vnd.ms-asf': 'asf',
  'application/x-troff-msvideo': 'avi',
  'model/vnd.mts': 'mts',
  'video/avi': 'avi',
  'video/msvideo': 'avi',
  'video/vnd.avi': 'avi',
  'video/matroska': 'mkv',
  'video/mp2p': 'mpg',
  'video/mp1s': 'mpg',
  'video/mpeg-2': 'mpg',
  'video/mpeg2': 'mpg',
  'video/mpeg4': 'mp4',
  'video/mp4v-es': 'm4v',
  'video/ms-vob': 'vob',
  'video/flash-video': 'flv',
  'video/m2ts': 'mts',
  'video/divx': 'avi',
  'video/mov': 'mov',
  'video/vnd.dlna.mpeg-tts': 'ts',
  'audio/mp2t': 'ts',
  'audio/mp2p': 'mpg',
  'audio/mxf': 'mxf',
  'audio/x-flv': 'flv',
  'audio/x-msvideo': 'avi',
  'audio/matroska': 'mka',
  'audio/mp3': 'mp3',
  'audio/mpeg3': 'mp3',
  'audio/mpeg-3': 'mp3',
  'audio/mpg': 'mp3',
  'audio/m4a': 'm4a',
  'audio/mp4a-latm': 'm4a',
  'audio/m4p': 'm4a',
  'audio/3gpp2': '3ga',
  'audio/aacp': 'aac',
  'audio/vnd.dlna.adts': 'aac',
  'audio/x-hx-aac-adts': 'aac',
  'audio/wave': 'wav',
  'audio/vnd.wave': 'wav',
  'audio/x-pn-wav': 'wav',
  'audio/opus': 'opus',
  'audio/speex': 'spx',
  'audio/vorbis': 'ogg',
  'audio/vnd.dolby.dd-raw': 'ac3',
  'audio/wavpack': 'wv',
  'audio/x-ms-asf': 'wma',
  'audio/realaudio': 'ra',
  'audio/vnd.rn-realaudio': 'ra',
  'audio/vnd.qcelp': 'qcp',
  'image/jpg': 'jpg',
  'image/pjpeg': 'jpg',
  'image/pipeg': 'jpg',
  'image/jpeg2000': 'jp2',
  'image/ms-bmp': 'bmp',
  'image/windows-bmp': 'bmp',
  'image/bitmap': 'bmp',
  'image/portable-bitmap': 'pbm',
  'image/portable-graymap': 'pgm',
  'image/portable-pixmap': 'ppm',
  'image/photoshop': 'psd',
  'image/heic-sequence': 'heic',
  'image/heif-sequence': 'heif',
  'image/avif-sequence': 'avif',
  'image/vnd.microsoft.icon': 'ico',
  'image/svg': 'svg',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'application/javascript': 'js',
  'application/gzip': 'gz',
};

const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries(EXTENSIONS).flatMap(([type, names]) =>
    names.split(' ').map((name) => [name, type] as const),
  ),
);

const USUAL: ReadonlyMap<string, string> = new Map([
  ...Object.entries(OTHER_TYPES),
  ...Object.entries(EXTENSIONS).map(([type, names]) => [type, names.split(' ', 1)[0] ?? ''] as const),
]);

/** Characters of the end of a name that are looked at: no file system has longer names. */
const LONGEST_NAME = 1_024;

/**
 * The media type that a filename's extension stands for. A query or fragment behind the name, as it is left over from
 * a URL, does not hide the extension; a "?" or "#" inside of a name does no harm either.
 */
export function typeOfName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const [beforeQuery = ''] = name.split(/[?#]/, 1);
  return ofExtension(beforeQuery) ?? ofExtension(name);
}

/**
 * Behind an extension may stand what is none: the number of a copy, a size, the rest of a URL, quotes and brackets.
 * Letters behind another dot are another extension.
 */
function ofExtension(name: string): string | undefined {
  const last = name.slice(-LONGEST_NAME).split(/[/\\]/).at(-1) ?? '';
  const [, ...parts] = last.split('.');
  for (const part of parts.reverse()) {
    // One extension has a hyphen: "dvr-ms".
    const [whole = '', extension = ''] = /^([\p{L}\p{N}]+)(?:-\p{L}+)?/u.exec(part.toLowerCase()) ?? [];
    const type = TYPES.get(whole) ?? TYPES.get(extension);
    if (type !== undefined || /\p{L}/u.test(part)) return type;
  }
  return undefined;
}

/**
 * The usual extension for a media type, for a file that came without a name: of a type that nobody has listed, the one
 * of its structured suffix (RFC 6838 §4.2.8), or what its subtype says, unless that stands for another kind.
 */
export function extensionOfType(type: string): string {
  const given = essence(type);
  const plain = given.replace('/x-', '/');
  for (const name of [given, plain, plain.replace('/', '/x-'), given.replace(/\/[^/]*\+/, '/')]) {
    const listed = USUAL.get(name);
    if (listed !== undefined) return listed;
  }
  const subtype = /\/(?:vnd\.)?([a-z0-9]{2,5})$/.exec(plain)?.[1] ?? 'bin';
  const kind = kindOfType(TYPES.get(subtype));
  return kind === undefined || kind === kindOfType(given) ? subtype : 'bin';
}

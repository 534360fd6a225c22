/** The first bytes of files of many kinds, built from the formats' specifications. */

const bytes = (...parts: (string | number | Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === 'string'
          ? Buffer.from(part, 'latin1')
          : Buffer.from(typeof part === 'number' ? [part] : part),
      ),
    ),
  );

const u32 = (value: number) =>
  bytes((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
const le32 = (value: number) => u32(value).reverse();
const zeros = (count: number) => new Uint8Array(count);
/** A head as a file has it: the signature, then bytes that are no text. */
const padded = (...parts: Parameters<typeof bytes>) => bytes(...parts, zeros(512));

/** ISO 14496-12. */
export const box = (type: string, ...content: Parameters<typeof bytes>) => {
  const inside = bytes(...content);
  return bytes(u32(8 + inside.length), type, inside);
};
export const fileType = (brand: string, ...compatible: string[]) => box('ftyp', brand, u32(0), ...compatible);
const track = (handler: string, { enabled = true, samples = 0 } = {}) =>
  box(
    'trak',
    box('tkhd', u32(enabled ? 1 : 0), zeros(80)),
    box(
      'mdia',
      box('mdhd', zeros(24)),
      box('hdlr', u32(0), u32(0), handler, zeros(13)),
      box('minf', zeros(samples)),
    ),
  );
/** @param next the id that the next track would get: one more than there are tracks */
const movieHeader = (next: number) => box('mvhd', zeros(96), u32(next));
export const movie = (...tracks: Uint8Array[]) => box('moov', movieHeader(tracks.length + 1), ...tracks);
export const [videoTrack, audioTrack] = [track('vide'), track('soun')];
/** A track whose table of samples is longer than what is read of a file. */
export const longAudioTrack = track('soun', { samples: 70_000 });
export const chapterPictures = track('vide', { enabled: false });

/** RFC 8794: an element with a size of one, two or eight bytes. */
export const element = (id: readonly number[], ...content: Parameters<typeof bytes>) => {
  const inside = bytes(...content);
  return bytes(id, [0x40 | (inside.length >> 8), inside.length & 255], inside);
};
const EBML = [0x1a, 0x45, 0xdf, 0xa3];
const unknownSize = [1, 255, 255, 255, 255, 255, 255, 255];
export const matroska = (docType: string, ...trackTypes: number[]) =>
  bytes(
    element(EBML, element([0x42, 0x82], docType)),
    [0x18, 0x53, 0x80, 0x67],
    unknownSize,
    // Kept free for an index: the long form of a size.
    [0xec, 1, 0, 0, 0, 0, 0, 0, 83],
    zeros(83),
    element([0x16, 0x54, 0xae, 0x6b], ...trackTypes.map((type) => element([0xae], element([0x83], [type])))),
    [0x1f, 0x43, 0xb6, 0x75],
    unknownSize,
    zeros(100),
  );

/** RFC 3533. */
const oggPage = (flags: number, packet: Uint8Array) =>
  bytes('OggS', 0, flags, zeros(20), 1, packet.length, packet);
export const ogg = (...packets: string[]) =>
  bytes(...packets.map((packet) => oggPage(2, bytes(packet, zeros(20)))), oggPage(0, zeros(200)));

const ASF_HEADER = [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0, 0xaa, 0, 0x62, 0xce, 0x6c];
const ASF_STREAM = [0x91, 7, 0xdc, 0xb7, 0xb7, 0xa9, 0xcf, 0x11, 0x8e, 0xe6, 0, 0xc0, 0xc, 0x20, 0x53, 0x65];
const ASF_AUDIO = [
  0x40, 0x9e, 0x69, 0xf8, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0, 0x80, 0x5f, 0x5c, 0x44, 0x2b,
];
const ASF_VIDEO = [
  0xc0, 0xef, 0x19, 0xbc, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0, 0x80, 0x5f, 0x5c, 0x44, 0x2b,
];
const streams = { audio: ASF_AUDIO, video: ASF_VIDEO };
/** @param declared bytes that the header says it has */
export const asf = (kinds: readonly ('audio' | 'video')[], declared?: number) => {
  const objects = kinds.map((kind) => bytes(ASF_STREAM, le32(78), zeros(4), streams[kind], zeros(38)));
  const length = 30 + objects.reduce((sum, object) => sum + object.length, 0);
  const header = bytes(
    ASF_HEADER,
    le32(declared ?? length),
    zeros(4),
    le32(kinds.length),
    [1, 2],
    ...objects,
  );
  return bytes(header, zeros(200));
};

/** A packet of a transport stream: the beginning of a section, or nothing. Source: ISO 13818-1. */
const packet = (id: number, section?: Uint8Array) => {
  const content = section ? bytes([0], section) : bytes();
  return bytes(
    [0x47, 0x40 | (id >> 8), id & 255, 0x10],
    content,
    new Uint8Array(184 - content.length).fill(255),
  );
};
/** A section with its checksum, which nobody looks at. */
const section = (table: number, content: Uint8Array) =>
  bytes([table, 0xb0, content.length + 9, 0, 1, 0xc1, 0, 0], content, zeros(4));
const PROGRAM = 0x1000;

/** @param streams the type of each stream, and its descriptors; without streams, there are no tables */
export const transportStream = (size: number, first: number, ...streams: [type: number, ...number[]][]) => {
  const map = streams.map(([type, ...more], index) =>
    bytes([type, 0xe1, index, 0xf0, more.length], bytes(more)),
  );
  const tables = [
    packet(0, section(0, bytes([0, 1, 0xe0 | (PROGRAM >> 8), PROGRAM & 255]))),
    packet(PROGRAM, section(2, bytes([0xe1, 0, 0xf0, 0], ...map))),
  ];
  const packets = [packet(0x1fff), ...(streams.length > 0 ? tables : []), packet(0x100), packet(0x101)];
  return bytes(...packets.map((each) => bytes(zeros(first), each, zeros(size - first - each.length))));
};

/** TIFF with one tag. */
const tiff = (tag: number) =>
  padded('II*\0', le32(8), [1, 0], [tag & 255, tag >> 8], [4, 0], le32(1), le32(1), le32(0));
const riff = (form: string) => padded('RIFF', le32(1_000), form);
const jpeg2000 = (brand: string) =>
  bytes(box('jP  ', '\r\n\x87\n'), box('ftyp', brand, u32(0), brand), zeros(64));

/** Kind and media type of a head, with the media type that the library `file-type` gives, where it knows the format. */
export const MEDIA_HEADS: readonly (readonly [type: string, head: Uint8Array, known?: string])[] = [
  ['video/mp4', bytes(fileType('isom', 'mp42'), movie(videoTrack, audioTrack)), 'video/mp4'],
  ['video/mp4', bytes(fileType('mp42'), movie(audioTrack, videoTrack))],
  ['audio/mp4', bytes(fileType('isom', 'mp41'), movie(audioTrack))],
  ['audio/mp4', bytes(fileType('mp42', 'isom'), movie(audioTrack))],
  ['audio/mp4', bytes(fileType('isom'), box('moov', movieHeader(2), longAudioTrack)).subarray(0, 65_536)],
  ['audio/mp4', bytes(fileType('M4B '), movie(audioTrack, chapterPictures))],
  ['audio/mp4', bytes(fileType('M4A ', 'isom'), box('mdat', zeros(99))), 'audio/x-m4a'],
  ['audio/mp4', bytes(fileType('M4B '), zeros(99)), 'audio/mp4'],
  ['audio/mp4', bytes(fileType('F4A '), zeros(99)), 'audio/mp4'],
  ['audio/mp4', bytes(fileType('qt  '), movie(audioTrack))],
  ['video/x-m4v', bytes(fileType('M4V '), movie(videoTrack)), 'video/x-m4v'],
  ['video/quicktime', bytes(fileType('qt  '), movie(videoTrack)), 'video/quicktime'],
  ['video/quicktime', bytes(movie(videoTrack, audioTrack)), 'video/quicktime'],
  ['video/quicktime', bytes(box('wide'), movie(videoTrack)), 'video/quicktime'],
  ['video/mp4', bytes(box('free', zeros(9)), fileType('isom'), movie(videoTrack))],
  ['video/mp4', bytes(box('styp', 'msdh', u32(0)), box('moof', movieHeader(3)), movie(videoTrack))],
  ['video/3gpp', bytes(fileType('3gp5'), movie(videoTrack)), 'video/3gpp'],
  ['audio/3gpp', bytes(fileType('3gp4'), movie(audioTrack))],
  ['video/3gpp2', bytes(fileType('3g2a'), movie(videoTrack)), 'video/3gpp2'],
  ['image/heic', bytes(fileType('heic', 'mif1'), zeros(99)), 'image/heic'],
  ['image/heic', bytes(fileType('hevc'), zeros(99)), 'image/heic-sequence'],
  ['image/heic', bytes(fileType('mif1', 'mif1', 'heic'), zeros(99)), 'image/heif'],
  ['image/heif', bytes(fileType('msf1'), zeros(99)), 'image/heif-sequence'],
  ['image/avif', bytes(fileType('avif', 'mif1'), zeros(99)), 'image/avif'],
  ['image/avif', bytes(fileType('mif1', 'avif'), zeros(99))],
  ['image/x-canon-cr3', bytes(fileType('crx ', 'isom'), movie(videoTrack)), 'image/x-canon-cr3'],
  ['image/jp2', jpeg2000('jp2 '), 'image/jp2'],
  ['image/jpx', jpeg2000('jpx '), 'image/jpx'],
  ['image/jpm', jpeg2000('jpm '), 'image/jpm'],
  ['video/x-matroska', matroska('matroska', 1, 2, 17), 'video/matroska'],
  ['video/x-matroska', matroska('matroska', 2, 1)],
  ['audio/x-matroska', matroska('matroska', 2)],
  ['video/webm', matroska('webm', 1, 2), 'video/webm'],
  ['audio/webm', matroska('webm', 2)],
  ['video/ogg', ogg('\x01vorbis', '\x80theora'), 'audio/ogg'],
  ['video/ogg', ogg('\x80theora', '\x01vorbis'), 'video/ogg'],
  ['audio/ogg', ogg('OpusHead'), 'audio/ogg; codecs=opus'],
  ['audio/ogg', ogg('\x01vorbis')],
  ['audio/ogg', ogg('fishead\0', 'Speex   ')],
  ['audio/ogg', ogg('\x7fFLAC')],
  ['audio/x-ms-wma', asf(['audio']), 'audio/x-ms-asf'],
  ['video/x-ms-asf', asf(['video', 'audio']), 'video/x-ms-asf'],
  ['video/x-ms-asf', asf(['audio', 'video'])],
  ['video/x-msvideo', riff('AVI LIST'), 'video/vnd.avi'],
  ['video/x-flv', padded('FLV\x01\x05'), 'video/x-flv'],
  ['video/mpeg', padded([0, 0, 1, 0xba, 0x44]), 'video/MP2P'],
  ['video/mpeg', padded([0, 0, 1, 0xba, 0x21]), 'video/MP1S'],
  ['video/mpeg', padded([0, 0, 1, 0xb3]), 'video/mpeg'],
  ['video/mp2t', transportStream(188, 0, [0x1b], [0x0f]), 'video/mp2t'],
  ['video/mp2t', transportStream(192, 4, [0x81], [0x1b]), 'video/mp2t'],
  ['video/mp2t', transportStream(204, 0, [0x24])],
  ['audio/mp2t', transportStream(188, 0, [0x0f])],
  ['audio/mp2t', transportStream(188, 0, [0x0f], [0x15])],
  ['audio/mp2t', transportStream(192, 4, [0x81], [0x83])],
  ['audio/mp2t', transportStream(204, 0, [0x06, 0x0a, 1, 0, 0x6a, 0])],
  ['audio/mp2t', transportStream(188, 0, [0x06, 0x05, 4, ...Buffer.from('Opus')])],
  ['video/mp2t', transportStream(188, 0, [0x0f], [0x06, 0x05, 4, ...Buffer.from('AV01')])],
  ['video/mxf', padded([6, 14, 0x2b, 0x34, 2, 5, 1, 1, 13, 1, 2, 1, 1, 2]), 'application/mxf'],
  [
    'video/vnd.rn-realvideo',
    padded('.RMF\0\0\0\x12', 'MDPR', zeros(30), '\x14video/x-pn-realvideo'),
    'application/vnd.rn-realmedia',
  ],
  ['audio/x-pn-realaudio', padded('.RMF\0\0\0\x12', 'MDPR', zeros(30), '\x14audio/x-pn-realaudio', 'DATA')],
  ['audio/x-pn-realaudio', padded('.ra\xfd\0\x04')],
  ['video/h264', padded([0, 0, 0, 1, 0x67, 0x64])],
  ['video/h265', padded([0, 0, 0, 1, 0x40, 1, 12])],
  ['video/mp4v-es', padded([0, 0, 1, 0xb0, 1])],
  ['video/x-dv', padded([0x1f, 7, 0, 0x3f])],
  ['video/x-gxf', padded([0, 0, 0, 0, 1, 0xbc])],
  ['video/x-ivf', padded('DKIF')],
  ['video/x-yuv4mpeg', padded('YUV4MPEG2 W64 H64 F10:1\nFRAME\n')],
  ['audio/mpeg', padded('ID3\x04\0\0\0\0\0\0', [0xff, 0xfb, 0x90, 0x64]), 'audio/mpeg'],
  ['audio/mpeg', padded([0xff, 0xfb, 0x90, 0x64]), 'audio/mpeg'],
  ['audio/mpeg', padded([0xff, 0xfd, 0x84, 0]), 'audio/mpeg'],
  ['audio/aac', padded([0xff, 0xf1, 0x50, 0x80]), 'audio/aac'],
  ['audio/aac', padded('ADIF')],
  ['audio/flac', padded('fLaC'), 'audio/flac'],
  ['audio/wav', riff('WAVEfmt '), 'audio/wav'],
  ['audio/wav', padded('RF64\xff\xff\xff\xffWAVEds64')],
  ['audio/wav', padded('BW64\xff\xff\xff\xffWAVEds64')],
  ['audio/wav', padded('riff', [0x2e, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 4, 0xc1, 0, 0])],
  ['audio/qcelp', riff('QLCMfmt '), 'audio/qcelp'],
  ['audio/midi', padded('MThd\0\0\0\x06'), 'audio/midi'],
  ['audio/midi', riff('RMIDdata')],
  ['audio/aiff', padded('FORM\0\0\x10\0AIFFCOMM'), 'audio/aiff'],
  ['audio/aiff', padded('FORM\0\0\x10\0AIFCFVER')],
  ['audio/amr', padded('#!AMR\n'), 'audio/amr'],
  ['audio/amr-wb', padded('#!AMR-WB\n')],
  ['audio/ac3', padded([0x0b, 0x77, 0, 0, 0x14, 0x40]), 'audio/vnd.dolby.dd-raw'],
  ['audio/ac3', padded([0x0b, 0x77, 1, 0x7f, 0x3f, 0x86])],
  ['audio/vnd.dts', padded([0x7f, 0xfe, 0x80, 1])],
  ['audio/vnd.dolby.mlp', padded([0x40, 0x5c, 0, 0, 0xf8, 0x72, 0x6f, 0xba])],
  ['audio/x-ape', padded('MAC \x96\x0f'), 'audio/ape'],
  ['audio/x-wavpack', padded('wvpk\x10'), 'audio/wavpack'],
  ['audio/x-musepack', padded('MP+\x07'), 'audio/x-musepack'],
  ['audio/x-musepack', padded('MPCKSH')],
  ['audio/x-tta', padded('TTA1\x01')],
  ['audio/x-tak', padded('tBaK\0')],
  ['audio/x-dsf', padded('DSD \x1c'), 'audio/x-dsf'],
  ['audio/x-dff', padded('FRM8\0\0\0\0\0\0\0\x01DSD ')],
  ['audio/x-caf', padded('caff\0\x01')],
  ['audio/basic', padded('.snd\0\0\0\x18')],
  ['audio/x-voc', padded('Creative Voice File\x1a'), 'audio/x-voc'],
  ['audio/x-it', padded('IMPM'), 'audio/x-it'],
  ['audio/x-xm', padded('Extended Module: a'), 'audio/x-xm'],
  ['audio/x-s3m', padded(zeros(28), [0x1a, 0x10], zeros(14), 'SCRM'), 'audio/x-s3m'],
  ['audio/vnd.audible', padded(u32(1_000), [0x57, 0x90, 0x75, 0x36])],
  ['audio/x-silk', padded('\x02#!SILK_V3')],
  ['image/jpeg', padded([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
  ['image/jls', padded([0xff, 0xd8, 0xff, 0xf7]), 'image/jls'],
  ['image/png', padded('\x89PNG\r\n\x1a\n', u32(13), 'IHDR', zeros(17), u32(0), 'IDAT'), 'image/png'],
  ['image/png', padded('\x89PNG\r\n\x1a\n', u32(13), 'IHDR', zeros(17), u32(8), 'acTL'), 'image/apng'],
  ['image/gif', padded('GIF89a'), 'image/gif'],
  ['image/webp', riff('WEBPVP8 '), 'image/webp'],
  ['image/bmp', padded('BM', le32(1_000), zeros(4), le32(54), le32(40)), 'image/bmp'],
  ['image/tiff', tiff(256), 'image/tiff'],
  ['image/tiff', padded('MM\0+\0\x08'), 'image/tiff'],
  ['image/tiff', padded('II*\0', le32(16), 'CR'), 'image/x-canon-cr2'],
  ['image/tiff', tiff(50_341), 'image/x-sony-arw'],
  ['image/tiff', tiff(50_706), 'image/x-adobe-dng'],
  ['image/tiff', padded('II*\0', le32(8), [0x1c, 0, 0xfe, 0]), 'image/x-nikon-nef'],
  ['image/x-olympus-orf', padded('IIRO', [8, 0, 0, 0, 0x18]), 'image/x-olympus-orf'],
  [
    'image/x-panasonic-rw2',
    padded('IIU\0', [0x18, 0, 0, 0, 0x88, 0xe7, 0x74, 0xd8]),
    'image/x-panasonic-rw2',
  ],
  ['image/x-fujifilm-raf', padded('FUJIFILMCCD-RAW 0201'), 'image/x-fujifilm-raf'],
  ['image/x-canon-crw', padded('II\x1a\0\0\0HEAPCCDR')],
  ['image/vnd.ms-photo', padded('II\xbc\x01'), 'image/vnd.ms-photo'],
  ['image/vnd.adobe.photoshop', padded('8BPS\0\x01'), 'image/vnd.adobe.photoshop'],
  ['image/x-xcf', padded('gimp xcf file'), 'image/x-xcf'],
  ['image/flif', padded('FLIF'), 'image/flif'],
  ['image/bpg', padded('BPG\xfb'), 'image/bpg'],
  ['image/x-icon', padded([0, 0, 1, 0, 1, 0, 16]), 'image/x-icon'],
  ['image/x-icon', padded([0, 0, 2, 0, 1, 0, 16]), 'image/x-icon'],
  ['image/icns', padded('icns'), 'image/icns'],
  ['image/ktx', padded('\xabKTX 11\xbb\r\n\x1a\n'), 'image/ktx'],
  ['image/j2c', padded([0xff, 0x4f, 0xff, 0x51]), 'image/j2c'],
  ['image/jxl', padded([0xff, 0x0a]), 'image/jxl'],
  ['image/jxl', padded([0, 0, 0, 12], 'JXL \r\n\x87\n'), 'image/jxl'],
  ['image/vnd.dwg', padded('AC1032'), 'image/vnd.dwg'],
  ['image/x-exr', padded([0x76, 0x2f, 0x31, 1])],
  ['image/qoi', padded('qoif')],
  ['image/vnd.ms-dds', padded('DDS |')],
  [
    'image/svg+xml',
    bytes('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0"/></svg>'),
  ],
  [
    'image/svg+xml',
    bytes('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- by hand -->\n<svg width="1" height="1"></svg>'),
  ],
  ['image/x-portable-anymap', bytes('P3\n# feep.ppm\n4 4\n15\n', ' 0  0  0'.repeat(16))],
  ['image/x-portable-anymap', padded('P6\n64 64\n255\n')],
];

/** Containers whose first bytes do not show their tracks. */
export const UNDECIDED_HEADS: readonly (readonly [container: string, head: Uint8Array])[] = [
  ['MP4 with its tracks at the end', bytes(fileType('isom', 'mp42'), box('mdat', zeros(99)))],
  ['QuickTime with its tracks at the end', bytes(box('wide'), u32(0x1000000), 'mdat', zeros(99))],
  [
    'MP4 with more tracks than are at hand',
    bytes(fileType('isom'), box('moov', movieHeader(3), longAudioTrack, videoTrack)).subarray(0, 65_536),
  ],
  ['Matroska', matroska('matroska')],
  ['WebM', matroska('webm')],
  ['Ogg with a codec that nobody knows', ogg('new codec')],
  ['a transport stream without tables', transportStream(188, 0)],
  ['a transport stream with a private stream', transportStream(188, 0, [0x0f], [0x06])],
  ['a transport stream that begins after its tables', transportStream(188, 0, [0x0f]).subarray(3 * 188)],
  ['a transport stream that ends before its map', transportStream(188, 0, [0x0f]).subarray(0, 2 * 188 + 9)],
  ['ASF with a long header', asf(['audio'], 80_000)],
];

/** Files that are certainly no media, with what is said of them. */
export const OTHER_HEADS: readonly (readonly [what: RegExp, head: Uint8Array])[] = [
  [/an HTML page/, bytes('<!DOCTYPE html><html><head><title>Sign in</title></head></html>')],
  [/an HTML page/, bytes('<center><h1>502 Bad Gateway</h1></center>')],
  [/an HTML page/, bytes('<br />\n<b>Fatal error</b>: Allowed memory size exhausted')],
  [
    /a form \(multipart\/form-data\)/,
    padded(
      '------WebKitFormBoundaryX\r\nContent-Disposition: form-data; name="file"\r\n\r\n',
      fileType('isom'),
    ),
  ],
  [/an HTTP response/, padded('HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff\xe0')],
  [/an encrypted file/, padded('Salted__', [1, 2, 3, 4, 5, 6, 7, 8])],
  [/a text that stands for a value without content/, bytes('[object Object]')],
  [/a text that stands for a value without content/, bytes('undefined\n')],
  [/a text with a URL/, bytes('https://example.com/a.mp4\nhttps://example.com/b.mp4\n')],
  [/a text in Base64/, bytes(Buffer.alloc(90, 0xfb).toString('base64url'))],
  [
    /an HTML page \("Sign in"\)/,
    bytes('\xef\xbb\xbf\r\n<!doctype HTML>\n<html><head><title>\n Sign in </title>'),
  ],
  [/an HTML page/, bytes('<!-- saved from a server -->\n<HTML lang="en"><body>404</body></HTML>')],
  [/an HTML page/, new Uint8Array(Buffer.from('\ufeff<html><head></head></html>', 'utf16le'))],
  [
    /an HTML page/,
    bytes('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML"><html xmlns="x"></html>'),
  ],
  [
    /an XML error message \("AccessDenied"\)/,
    bytes(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    ),
  ],
  [/an XML document/, bytes('<?xml version="1.0"?><rss version="2.0"></rss>')],
  [/a DASH manifest/, bytes('<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>')],
  [
    /a Git LFS pointer/,
    bytes(`version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345678\n`),
  ],
  [/a macOS metadata file \(AppleDouble\)/, padded([0, 5, 0x16, 7, 0, 2, 0, 0], 'Mac OS X        ')],
  [/a playlist \(M3U\)/, bytes('#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:10,\nsegment0.ts\n')],
  [/a playlist \(PLS\)/, bytes('[playlist]\nNumberOfEntries=1\nFile1=http://a.b/c.mp3\n')],
  [/a PDF/, padded('%PDF-1.7\n%\xe2\xe3\xcf\xd3')],
  [/a ZIP archive/, padded('PK\x03\x04\x14\0\0\0\x08\0', zeros(16), [9, 0, 0, 0], 'video.mp4')],
  [
    /an Office document/,
    padded('PK\x03\x04\x14\0\x06\0\x08\0', zeros(16), [19, 0, 0, 0], '[Content_Types].xml'),
  ],
  [/an e-book/, padded('PK\x03\x04\x0a\0\0\0\0\0', zeros(16), [8, 0, 0, 0], 'mimetypeapplication/epub+zip')],
  [/a gzip archive/, padded([0x1f, 0x8b, 8, 0])],
  [/a bzip2 archive/, padded('BZh91AY&SY')],
  [/an xz archive/, padded('\xfd7zXZ\0')],
  [/a 7-Zip archive/, padded('7z\xbc\xaf\x27\x1c')],
  [/a RAR archive/, padded('Rar!\x1a\x07\x01\0')],
  [/a Zstandard archive/, padded([0x28, 0xb5, 0x2f, 0xfd])],
  [/a TAR archive/, padded('clip.mp4', zeros(249), 'ustar\x0000')],
  [/a program/, padded('\x7fELF\x02\x01\x01')],
  [/a program/, padded('MZ\x90\0', zeros(74), 'This program cannot be run in DOS mode.')],
  [/a program/, padded([0xcf, 0xfa, 0xed, 0xfe])],
  [/a database/, padded('SQLite format 3\0')],
  [/a Microsoft Office document/, padded([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  [/a Flash file/, padded('CWS\x0a')],
  [/a font/, padded('wOF2\0\x01\0\0')],
  [/a torrent file/, padded('d8:announce33:http://tracker')],
  [/a JSON text/, bytes('{"error":{"code":403,"message":"The caller does not have permission"}}')],
  [/a subtitle file \(WebVTT\)/, bytes('WEBVTT\n\n00:00.000 --> 00:01.000\nHello')],
  [/a subtitle file \(SRT\)/, bytes('1\r\n00:00:00,000 --> 00:00:01,000\r\nHello\r\n')],
  [/a text in Base64/, bytes('AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAAAIZnJlZQAAAs1tZGF0AAACrwYF\n')],
  [/a text with a data URL/, bytes('data:video/mp4;base64,AAAAIGZ0eXBpc29t')],
  [/a text with a URL/, bytes('https://example.com/video.mp4\n')],
  [/source code/, bytes('import { readFile } from "node:fs/promises";\n\nexport const value = 1;\n')],
  [/source code/, bytes('#!/bin/sh\nffmpeg -i in.mp4 out.mp4\n')],
  [/source code/, bytes('#include <stdio.h>\nint main(void) { return 0; }\n')],
  [/source code/, bytes('<?php echo "hello"; ?>\n')],
  [/a text/, bytes('Notes of the meeting: the video is on the other disk, in the blue folder.\n')],
  [/a text/, bytes('name;size\nclip;12\nM\xfcller;13\n'.repeat(4))],
  [/a text/, bytes('MAC addresses are six bytes long, and BM is not only a bitmap: read on, there is more.')],
  [
    /a text/,
    new Uint8Array(
      Buffer.from(
        '\ufeffEin Text in UTF-16, wie Windows ihn schreibt, und lang genug, um einer zu sein',
        'utf16le',
      ),
    ),
  ],
];

/** Bytes that no format begins with. */
export const UNKNOWN_HEADS: readonly (readonly [what: string, head: Uint8Array])[] = [
  ['zeros', zeros(4_096)],
  ['ones', new Uint8Array(4_096).fill(255)],
  ['encrypted bytes', bytes([0x8e, 0x13, 0x02, 0xd1, 0x99, 0x00, 0x45, 0xee, 0x71, 0x05, 0xfa, 0x10])],
];

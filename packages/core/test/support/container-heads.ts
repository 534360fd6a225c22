/** Builds the first bytes of containers, from the formats' specifications. */

export const bytes = (
  ...parts: (string | number | Uint8Array | readonly number[])[]
): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === 'string'
          ? Buffer.from(part, 'latin1')
          : Buffer.from(typeof part === 'number' ? [part] : part),
      ),
    ),
  );

export const u32 = (value: number) =>
  bytes((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
export const le32 = (value: number) => u32(value).reverse();
export const zeros = (count: number) => new Uint8Array(count);
/** A head as a file has it: the signature, then bytes that are no text. */
export const padded = (...parts: Parameters<typeof bytes>) => bytes(...parts, zeros(512));

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
export const movieHeader = (next: number) => box('mvhd', zeros(96), u32(next));
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
export const tiff = (tag: number) =>
  padded('II*\0', le32(8), [1, 0], [tag & 255, tag >> 8], [4, 0], le32(1), le32(1), le32(0));
export const riff = (form: string) => padded('RIFF', le32(1_000), form);
export const jpeg2000 = (brand: string) =>
  bytes(box('jP  ', '\r\n\x87\n'), box('ftyp', brand, u32(0), brand), zeros(64));

/** @param kinds the kind of each stream, as its header has it */
export const avi = (...kinds: string[]) =>
  padded(
    'RIFF',
    le32(1_000),
    'AVI LIST',
    le32(900),
    'hdrlavih',
    le32(56),
    zeros(24),
    le32(kinds.length),
    zeros(28),
    ...kinds.map((kind) => bytes('LIST', le32(100), 'strlstrh', le32(56), kind, zeros(52))),
  );
/** @param tags the type of each tag */
export const flv = (flags: number, ...tags: number[]) =>
  bytes('FLV\x01', flags, u32(9), u32(0), ...tags.map((type) => bytes(type, [0, 0, 20], zeros(27), u32(31))));
/** ISO 13818-1, 2.5.3: a pack, its system header, and a packet of each stream. */
export const programStream = (version: number, sounds: number, pictures: number, ...streams: number[]) =>
  padded(
    [0, 0, 1, 0xba, version],
    zeros(9),
    [0, 0, 1, 0xbb, 0, 6, 0x80, 0, 1, sounds << 2, 0x20 | pictures, 0xff],
    ...streams.map((id) => bytes([0, 0, 1, id, 0, 20], zeros(20))),
  );
/** @param wrapped the byte of each label that says what kind of essence there is */
export const mxf = (...wrapped: number[]) => {
  const label = (kind: number) => bytes([6, 0x0e, 0x2b, 0x34, 4, 1, 1, 1, 0x0d, 1, 3, 1, 2, kind, 1, 0]);
  const key = [6, 0x0e, 0x2b, 0x34, 2, 5, 1, 1, 0x0d, 1, 2, 1, 1, 2, 4, 0];
  const labels = wrapped.map(label);
  return padded(
    key,
    [0x83, 0, 0, 88 + 16 * wrapped.length],
    zeros(80),
    u32(wrapped.length),
    u32(16),
    ...labels,
  );
};

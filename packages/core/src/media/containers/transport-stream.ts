import { latin1, uint } from '../head.ts';
import { ofTracks, type Recognized, type Tracks } from '../recognized.ts';

/** Source: ISO 13818-1 (packets, PAT, PMT). */
const SYNC = 0x47;
const PACKET = 188;

/** Bytes from one packet to the next, and before the first: ISO 13818-1, AVCHD (a time stamp first), with checksums. */
const LAYOUTS = [
  [188, 0],
  [192, 4],
  [204, 0],
] as const;

/** Stream types of pictures. Sources: ISO 13818-1 table 2-34, and those of AVS, Dirac and VC-1 in FFmpeg's demuxer. */
const VIDEO = [0x01, 0x02, 0x10, 0x1b, 0x1e, 0x1f, 0x20, 0x21, 0x24, 0x33, 0x42, 0xd1, 0xd2, 0xd4, 0xea];
/** Of sound, with the private ones of ATSC and Blu-ray. */
const AUDIO = [0x03, 0x04, 0x0f, 0x11, 0x1c, 0x81, 0x82, 0x83, 0x84, 0x85, 0x87, 0xc1, 0xc2, 0xcf];
/** Of data, such as titles and cue messages. */
const DATA = [0x05, 0x0b, 0x0c, 0x0d, 0x15, 0x86];
/** A private stream, whose descriptors say what it is. */
const PRIVATE = 0x06;
/** AC-3, E-AC-3, DTS, AAC; titles and teletext. Source: ETSI EN 300 468, table 12. */
const AUDIO_DESCRIPTORS = [0x6a, 0x7a, 0x7b, 0x7c];
const DATA_DESCRIPTORS = [0x45, 0x46, 0x56, 0x59];
/** Names of formats. Source: the registry of the SMPTE. */
const REGISTRATION = 0x05;
const AUDIO_NAMES = /^(Opus|AC-3|EAC3|DTS\d|BSSD|AC-4|mlpa)/;
const VIDEO_NAMES = /^(AV01|HEVC|VC-1|drac|VP09)/;

/** An MPEG transport stream, whose tables list the tracks. Only the sync bytes show it, so that it is looked for last. */
export function transportStream(head: Uint8Array): Recognized | undefined {
  const layout = LAYOUTS.find(([size, first]) => {
    const starts = [0, 1, 2, 3].map((packet) => first + packet * size).filter((at) => at < head.byteLength);
    return starts.length > 1 && starts.every((at) => head[at] === SYNC);
  });
  if (!layout) return undefined;
  const packets: Uint8Array[] = [];
  for (let at: number = layout[1]; at + PACKET <= head.byteLength; at += layout[0])
    packets.push(head.subarray(at, at + PACKET));
  return ofTracks(tracksOf(packets), { video: 'video/mp2t', audio: 'audio/mp2t' });
}

function tracksOf(packets: readonly Uint8Array[]): Tracks {
  const programs = programsOf(section(packets, 0));
  const maps = programs.map((id) => section(packets, id));
  const streams = maps.flatMap(streamsOf);
  return {
    video: streams.includes('video'),
    audio: streams.includes('audio'),
    all: programs.length > 0 && !maps.includes(undefined) && !streams.includes(undefined),
  };
}

/** The first table of a packet id, when all of it is there. */
function section(packets: readonly Uint8Array[], id: number): Uint8Array | undefined {
  let table: Uint8Array | undefined;
  for (const packet of packets) {
    if (((uint(packet, 1, 2) ?? 0) & 0x1fff) !== id) continue;
    const content = contentOf(packet);
    const begins = ((packet[1] ?? 0) & 0x40) !== 0;
    // A pointer stands before the table that begins in this packet.
    if (begins && table === undefined) table = content.subarray(1 + (content[0] ?? 0));
    else if (table !== undefined) table = new Uint8Array([...table, ...content]);
    const length = table && uint(table, 1, 2);
    if (table && length !== undefined && table.byteLength >= 3 + (length & 0xfff))
      // Without the checksum.
      return table.subarray(0, (length & 0xfff) - 1);
  }
  return undefined;
}

/** What a packet holds behind its header and its adaptation field. */
function contentOf(packet: Uint8Array): Uint8Array {
  const control = (packet[3] ?? 0) >> 4;
  if ((control & 1) === 0) return packet.subarray(PACKET);
  return packet.subarray((control & 2) === 0 ? 4 : 5 + (packet[4] ?? 0));
}

/** The packet ids of the maps of all programs. */
function programsOf(table: Uint8Array | undefined): number[] {
  const ids = new Set<number>();
  for (let at = 8; table && at + 4 <= table.byteLength; at += 4)
    // Program 0 is the network's own table.
    if (uint(table, at, 2) !== 0) ids.add((uint(table, at + 2, 2) ?? 0) & 0x1fff);
  return [...ids];
}

type Stream = 'video' | 'audio' | 'data' | undefined;

/** The streams of a program; `undefined` is one that nobody can tell. */
function streamsOf(map: Uint8Array | undefined): Stream[] {
  const streams: Stream[] = [];
  if (!map) return streams;
  const length = (at: number) => (uint(map, at, 2) ?? 0) & 0xfff;
  for (let at = 12 + length(10); at + 5 <= map.byteLength; at += 5 + length(at + 3))
    streams.push(streamOf(map[at] ?? 0, map.subarray(at + 5, at + 5 + length(at + 3))));
  return streams;
}

function streamOf(type: number, descriptors: Uint8Array): Stream {
  if (VIDEO.includes(type)) return 'video';
  if (AUDIO.includes(type)) return 'audio';
  if (DATA.includes(type)) return 'data';
  if (type !== PRIVATE) return undefined;
  for (let at = 0; at + 2 <= descriptors.byteLength; at += 2 + (descriptors[at + 1] ?? 0)) {
    const tag = descriptors[at] ?? 0;
    const name = tag === REGISTRATION ? latin1(descriptors, at + 2, at + 6) : '';
    if (VIDEO_NAMES.test(name)) return 'video';
    if (AUDIO_DESCRIPTORS.includes(tag) || AUDIO_NAMES.test(name)) return 'audio';
    if (DATA_DESCRIPTORS.includes(tag)) return 'data';
  }
  return undefined;
}

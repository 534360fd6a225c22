import { hasAt, latin1, uint } from '../head.ts';
import { ofTracks, type Recognized, type Tracks } from '../recognized.ts';

/** Sources: RFC 8794 (EBML), RFC 9559 (Matroska), the WebM container guidelines. */
const EBML = 0x1a45dfa3;
const DOC_TYPE = 0x4282;
const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const CLUSTER = 0x1f43b675;
const TRACK_ENTRY = 0xae;
const TRACK_TYPE = 0x83;

export function matroska(head: Uint8Array): Recognized | undefined {
  if (!hasAt(head, '\x1a\x45\xdf\xa3')) return undefined;
  const top = elementsOf(head, 0, head.byteLength);
  const docType = childrenOf(head, top, EBML).find(({ id }) => id === DOC_TYPE);
  const isWebm = docType !== undefined && latin1(head, docType.start, docType.end).startsWith('webm');
  const types = isWebm
    ? { video: 'video/webm', audio: 'audio/webm' }
    : { video: 'video/x-matroska', audio: 'audio/x-matroska' };
  return ofTracks(tracksOf(head, childrenOf(head, top, SEGMENT)), types);
}

interface Element {
  readonly id: number;
  /** Where its content begins and ends; the end may lie beyond the bytes at hand. */
  readonly start: number;
  readonly end: number;
}

function childrenOf(head: Uint8Array, parents: readonly Element[], id: number): Element[] {
  return parents
    .filter((parent) => parent.id === id)
    .flatMap(({ start, end }) => elementsOf(head, start, end));
}

function elementsOf(head: Uint8Array, from: number, to: number): Element[] {
  const elements: Element[] = [];
  for (let at = from; at < Math.min(to, head.byteLength); ) {
    const idLength = lengthAt(head, at);
    const id = uint(head, at, idLength);
    const sizeAt = at + idLength;
    const sizeLength = lengthAt(head, sizeAt);
    const low = uint(head, sizeAt + 1, sizeLength - 1);
    if (idLength > 4 || sizeLength > 8 || id === undefined || low === undefined) break;
    // The first byte has the length as well: as many leading zeros, and a one.
    const high = (head[sizeAt] ?? 0) - 2 ** (8 - sizeLength);
    const size = high * 256 ** (sizeLength - 1) + low;
    const start = sizeAt + sizeLength;
    // All ones: of unknown size, as in a live stream; such an element goes on to the end.
    const end = size >= 2 ** (7 * sizeLength) - 1 ? to : start + size;
    elements.push({ id, start, end });
    // What follows the first cluster is media, which is not worth walking through.
    if (id === CLUSTER) break;
    at = end;
  }
  return elements;
}

/** The length of a number by the leading zeros of its first byte: 1 to 8 bytes, more where there is none. */
function lengthAt(head: Uint8Array, at: number): number {
  return Math.clz32((head[at] ?? 0) << 24) + 1;
}

function tracksOf(head: Uint8Array, segment: readonly Element[]): Tracks {
  const entries = childrenOf(head, segment, TRACKS).filter(({ id }) => id === TRACK_ENTRY);
  const types = entries.map(
    ({ start, end }) =>
      elementsOf(head, start, end)
        .filter(({ id }) => id === TRACK_TYPE)
        .map((type) => uint(head, type.start, type.end - type.start))[0],
  );
  const last = segment.find(({ id }) => id === TRACKS)?.end ?? Number.POSITIVE_INFINITY;
  return {
    video: types.includes(1),
    audio: types.includes(2),
    all: last <= head.byteLength && !types.includes(undefined),
  };
}

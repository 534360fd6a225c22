import { hasAt, latin1, uint } from '../head.ts';
import { type ContainerTypes, ofTracks, ofType, type Recognized, type Tracks } from '../recognized.ts';

/**
 * MP4, QuickTime, 3GP, HEIF, JPEG 2000 and their relatives. Sources: ISO 14496-12 (boxes, tracks), ISO 23008-12 (HEIF),
 * ISO 15444 (JPEG 2000), the brands registered at mp4ra.org, Apple's QuickTime File Format.
 */
export function isoMedia(head: Uint8Array): Recognized | undefined {
  if (!beginsWithBox(head)) return undefined;
  const [first, ...others] = brandsOf(head);
  // Without a list of brands the file is QuickTime, which is older than they are.
  if (first === undefined)
    return hasAt(head, 'jP  ', 4) ? ofType('image/jp2') : ofTracks(tracksOf(head), QUICKTIME);
  const image = imageOf(first, others);
  if (image) return ofType(image);
  const types = typesOf(first);
  const found = ofTracks(tracksOf(head), types);
  return found.kind === undefined && AUDIO_BRAND.test(first) ? ofType(types.audio) : found;
}

/** The boxes that such files begin with. */
const FIRST = /^(ftyp|styp|moov|mdat|free|skip|wide|pnot|moof|sidx|emsg|pdin|uuid|jP {2})$/;

function beginsWithBox(head: Uint8Array): boolean {
  const size = uint(head, 0, 4) ?? 0;
  return FIRST.test(latin1(head, 4, 8)) && (size === 0 || size === 1 || size >= 8);
}

interface Box {
  readonly type: string;
  /** Where its content begins and ends; the end may lie beyond the bytes at hand. */
  readonly start: number;
  readonly end: number;
}

function boxesOf(head: Uint8Array, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at < to; ) {
    const size = uint(head, at, 4);
    const isLarge = size === 1;
    const length = isLarge ? uint(head, at + 8, 8) : size === 0 ? to - at : size;
    const header = isLarge ? 16 : 8;
    if (length === undefined || length < header || at + header > head.byteLength) break;
    boxes.push({ type: latin1(head, at + 4, at + 8), start: at + header, end: at + length });
    at += length;
  }
  return boxes;
}

function child(head: Uint8Array, parent: Box | undefined, type: string): Box | undefined {
  return parent && boxesOf(head, parent.start, parent.end).find((box) => box.type === type);
}

/** The major brand, then the compatible ones. */
function brandsOf(head: Uint8Array): string[] {
  const list = boxesOf(head, 0, head.byteLength).find(({ type }) => type === 'ftyp' || type === 'styp');
  if (!list) return hasAt(head, 'ftyp', 4) ? [latin1(head, 8, 12)] : [];
  const brands = [latin1(head, list.start, list.start + 4)];
  // The number between them is the version of the major brand.
  for (let at = list.start + 8; at + 4 <= Math.min(list.end, head.byteLength); at += 4)
    brands.push(latin1(head, at, at + 4));
  return brands;
}

const IMAGE_BRANDS: readonly (readonly [RegExp, type: string])[] = [
  [/^avi[fos]$/, 'image/avif'],
  [/^he(i[cxms]|v[cxms])$/, 'image/heic'],
  [/^avc[is]$/, 'image/avci'],
  [/^(mi(f[12]|af)|msf1|jpeg|jpgs|j2ki|j2is)$/, 'image/heif'],
  [/^crx $/, 'image/x-canon-cr3'],
  [/^jp2 $/, 'image/jp2'],
  [/^jpx $/, 'image/jpx'],
  [/^jpm $/, 'image/jpm'],
  [/^jxl $/, 'image/jxl'],
];

/** Of the general brand of images the compatible ones tell more. */
function imageOf(major: string, compatible: readonly string[]): string | undefined {
  const typeOf = (brand: string) => IMAGE_BRANDS.find(([pattern]) => pattern.test(brand))?.[1];
  const type = typeOf(major);
  if (type !== 'image/heif') return type;
  return compatible.map(typeOf).find((other) => other !== undefined && other !== type) ?? type;
}

/** Brands of sound: Apple's, Adobe's, Audible's. */
const AUDIO_BRAND = /^(M4A|M4B|F4A|F4B|aax)/;
const QUICKTIME: ContainerTypes = { video: 'video/quicktime', audio: 'audio/mp4' };

function typesOf(brand: string): ContainerTypes {
  if (brand === 'qt  ') return QUICKTIME;
  if (brand === 'mjp2') return { video: 'video/mj2', audio: 'audio/mp4' };
  if (brand.startsWith('3g2')) return { video: 'video/3gpp2', audio: 'audio/3gpp2' };
  if (brand.startsWith('3g')) return { video: 'video/3gpp', audio: 'audio/3gpp' };
  return { video: brand.startsWith('M4V') ? 'video/x-m4v' : 'video/mp4', audio: 'audio/mp4' };
}

/** The tracks of a movie whose description comes first. In many files it comes last, behind the pictures. */
function tracksOf(head: Uint8Array): Tracks {
  const movie = boxesOf(head, 0, head.byteLength).find(({ type }) => type === 'moov');
  if (!movie) return { video: false, audio: false, all: false };
  const tracks = boxesOf(head, movie.start, movie.end).filter(({ type }) => type === 'trak');
  const enabled = tracks.filter((track) => isEnabled(head, track));
  const handlers = (enabled.length > 0 ? enabled : tracks).map((track) => handlerOf(head, track));
  const isComplete = movie.end <= head.byteLength || tracks.length + 1 >= nextTrackId(head, movie);
  return {
    video: handlers.includes('vide'),
    audio: handlers.includes('soun'),
    all: isComplete && !handlers.includes(''),
  };
}

/** What a track holds: `vide`, `soun`, or another handler; `''` when that stands beyond the bytes at hand. */
function handlerOf(head: Uint8Array, track: Box): string {
  const handler = child(head, child(head, track, 'mdia'), 'hdlr');
  return handler ? latin1(head, handler.start + 8, handler.start + 12) : '';
}

/** The pictures of an audio book's chapters are tracks as well, which are not played. */
function isEnabled(head: Uint8Array, track: Box): boolean {
  const header = child(head, track, 'tkhd');
  return header === undefined || ((head[header.start + 3] ?? 1) & 1) === 1;
}

/** One more than the number of tracks, in files that were never edited. */
function nextTrackId(head: Uint8Array, movie: Box): number {
  const header = child(head, movie, 'mvhd');
  const isLong = header !== undefined && head[header.start] === 1;
  const id = header && uint(head, header.start + (isLong ? 108 : 96), 4);
  return id || Number.POSITIVE_INFINITY;
}

import type { FileHandle } from 'node:fs/promises';
import type { MediaInfoResult, Track } from 'mediainfo.js';
import type { Kind } from '../asset-record.ts';
import { adtsDuration } from './adts.ts';
import { NotMediaError, type Probe } from './probe.ts';
import { technicalMetadata } from './technical.ts';

/**
 * Makes of MediaInfo's result what the platform would know of the file.
 *
 * @throws {NotMediaError} when the file contains no video, audio or image, or is cut short.
 */
export async function interpret(result: MediaInfoResult, handle: FileHandle, size: number): Promise<Probe> {
  const tracks: Track[] = result.media?.track ?? [];
  const general = tracks.find((track) => track['@type'] === 'General');
  const kind = kindOf(tracks);
  if (general === undefined || kind === null) {
    const format = general?.Format;
    throw new NotMediaError(
      format === undefined
        ? 'The file is not a video, audio or image in any known format.'
        : `The file contains no video, audio or image (its format is ${format}).`,
    );
  }
  const type = typeOf(general, kind);
  const technical = technicalMetadata(tracks, kind, type, size);
  const extra = (general as { extra?: Record<string, unknown> }).extra;
  if (extra?.IsTruncated === 'Yes') {
    throw new NotMediaError('The file is cut short: its header promises more than there is.', technical);
  }
  const duration =
    kind === 'image' ? null : (durationOf(tracks) ?? (await undeclaredDuration(general, handle)));
  if (duration === 0 || (duration === null && general.Format === 'MPEG-4')) {
    throw new NotMediaError('The file contains no playable content: its duration is 0.', technical);
  }
  return { kind, type, duration, technical };
}

function kindOf(tracks: readonly Track[]): Kind | null {
  for (const [type, kind] of [
    ['Video', 'video'],
    ['Audio', 'audio'],
    ['Image', 'image'],
  ] as const) {
    if (tracks.some((track) => track['@type'] === type)) return kind;
  }
  return null;
}

function durationOf(tracks: readonly Track[]): number | null {
  const seconds = tracks
    .map((track) => Number((track as { Duration?: unknown }).Duration))
    .filter(Number.isFinite);
  return seconds.length === 0 ? null : Math.max(...seconds);
}

/** Bare streams do not say how long they are. */
async function undeclaredDuration(general: Track, handle: FileHandle): Promise<number | null> {
  return general.Format === 'ADTS' ? adtsDuration(handle) : null;
}

const typeByFormat: Readonly<Record<string, string>> = {
  Matroska: 'video/x-matroska',
  WebM: 'video/webm',
  AVI: 'video/x-msvideo',
  'MPEG-TS': 'video/mp2t',
  'MPEG-PS': 'video/mpeg',
  'Flash Video': 'video/x-flv',
  Wave: 'audio/wav',
  ADTS: 'audio/aac',
  FLAC: 'audio/flac',
  AVIF: 'image/avif',
  BDAV: 'video/mp2t',
};

function typeOf(general: Track, kind: Kind): string {
  const { Format, Format_Profile, InternetMediaType } = general as unknown as Record<
    string,
    string | undefined
  >;
  if (Format_Profile === 'QuickTime') return 'video/quicktime';
  if (Format === 'MPEG-4') return kind === 'audio' ? 'audio/mp4' : 'video/mp4';
  if (Format === 'Ogg') return kind === 'audio' ? 'audio/ogg' : 'video/ogg';
  if (Format === 'Matroska' && kind === 'audio') return 'audio/x-matroska';
  if (Format === 'WebM' && kind === 'audio') return 'audio/webm';
  return (
    (Format !== undefined && typeByFormat[Format]) ||
    InternetMediaType ||
    `${kind}/x-${(Format ?? 'unknown').toLowerCase()}`
  );
}

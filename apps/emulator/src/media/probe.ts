import { type FileHandle, open } from 'node:fs/promises';
import mediaInfoFactory, { type MediaInfo, type MediaInfoResult, type Track } from 'mediainfo.js';
import type { Kind } from '../store/asset.ts';
import { adtsDuration } from './adts.ts';
import { technicalMetadata } from './technical.ts';

/** What probing found in a file. */
export interface Probe {
  readonly kind: Kind;
  /** Media type by content. */
  readonly type: string;
  /** Seconds; null for an image. */
  readonly duration: number | null;
  readonly technical: Record<string, unknown>;
}

/** The file is not media, or not all of it is there. */
export class NotMediaError extends Error {
  override readonly name = 'NotMediaError';
  readonly technical: Record<string, unknown> | null;

  constructor(message: string, technical: Record<string, unknown> | null = null) {
    super(message);
    this.technical = technical;
  }
}

/**
 * Reads media files with MediaInfo compiled to WebAssembly, one at a time: an instance holds one file's state. It is
 * made on first use and replaced after a failure.
 */
export class Prober {
  #instance: Promise<MediaInfo<'object'>> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * Probes the file at `path`, reading only the parts that tell.
   *
   * @throws {NotMediaError} when it holds no video, audio or image, or is cut short.
   */
  probe(path: string): Promise<Probe> {
    const result = this.#queue.then(() => this.#probe(path));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#queue;
    (await this.#instance?.catch(() => undefined))?.close();
    this.#instance = undefined;
  }

  async #probe(path: string): Promise<Probe> {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size === 0) throw new NotMediaError('The file is empty.');
      this.#instance ??= mediaInfoFactory({ format: 'object', full: true, chunkSize: 256 * 1024 });
      const mediaInfo = await this.#instance;
      const buffer = new Uint8Array(256 * 1024);
      const result = await mediaInfo
        .analyzeData(size, async (length, offset) => {
          const { bytesRead } = await handle.read(buffer, 0, Math.min(length, buffer.length), offset);
          return buffer.subarray(0, bytesRead);
        })
        .catch((error: unknown) => {
          this.#instance = undefined;
          throw new NotMediaError(`The file could not be read as media: ${String(error)}`);
        });
      return await interpret(result, handle, size);
    } finally {
      await handle.close();
    }
  }
}

async function interpret(result: MediaInfoResult, handle: FileHandle, size: number): Promise<Probe> {
  const tracks: Track[] = result.media?.track ?? [];
  const general = tracks.find((track) => track['@type'] === 'General');
  const kind = kindOf(tracks);
  if (general === undefined || kind === null) {
    const format = general?.Format;
    throw new NotMediaError(
      format === undefined
        ? 'The file is not a video, audio or image in any known format.'
        : `The file holds no video, audio or image (its format is ${format}).`,
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
    throw new NotMediaError('The file holds no playable content: its duration is 0.', technical);
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

import type { Asset } from '../assets/schema.ts';
import { kindOfType, type MediaKind } from '../media/kind.ts';
import type { AudioFormat } from './requirements.ts';

/** What an asset tells about its media; what it does not tell is `undefined`. */
export interface AssetFacts {
  readonly status: string | undefined;
  readonly kind: MediaKind | undefined;
  /** Media type. */
  readonly type: string | undefined;
  /** Seconds. */
  readonly duration: number | undefined;
  /** Bytes. */
  readonly size: number | undefined;
  /** Pixels. */
  readonly resolution: readonly [width: number, height: number] | undefined;
  /** Container format as the platform's prober names it. */
  readonly container: string | undefined;
  readonly audioFormat: AudioFormat | undefined;
}

/** Reads an asset leniently: a field of another type than documented counts as absent. */
export function assetFacts(asset: Asset): AssetFacts {
  const technical = asset.technical_metadata ?? {};
  const type = text(asset.file_type) ?? text(technical.file_mime_type);
  const kind = kindOfType(type) ?? kindOfType(text(technical.file_mime_type)) ?? kindOfStreams(technical);
  const side = (name: 'width' | 'height') => positive(technical[`${kind}_${name}`]);
  const [width, height] = [side('width'), side('height')];
  const container = text(technical.file_container_format);
  return {
    status: text(asset.status),
    kind,
    type,
    duration:
      positive(asset.duration) ??
      (kind === 'audio' ? undefined : positive(technical.video_duration_seconds)) ??
      positive(technical.audio_duration_seconds),
    size: positive(asset.size) ?? positive(technical.file_size_bytes),
    resolution: width && height ? [width, height] : undefined,
    container,
    audioFormat: audioFormatOf(type) ?? audioFormatOf(container),
  };
}

function kindOfStreams(technical: Readonly<Record<string, unknown>>): MediaKind | undefined {
  if (positive(technical.image_width)) return 'image';
  if (positive(technical.video_width)) return 'video';
  return positive(technical.audio_sample_rate) ? 'audio' : undefined;
}

/** By media type (RFC 3003, RFC 9639, and the names that WAV goes by without one), or by container name. */
function audioFormatOf(name: string | undefined): AudioFormat | undefined {
  const known = /^(?:audio\/)?(?:x-|vnd\.)?(wave?|mpeg|mp3|flac)\b/i.exec(name ?? '')?.[1]?.toLowerCase();
  if (known === 'flac') return 'FLAC';
  if (known === 'mpeg' || known === 'mp3') return 'MP3';
  return known ? 'WAV' : undefined;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const positive = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;

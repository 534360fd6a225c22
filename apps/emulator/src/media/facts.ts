import type { AssetRecord, Kind, UserMetadata } from '../asset-record.ts';
import type { Probe } from './probe.ts';

/** What is known of a media file: all that requirements and made-up answers go by. */
export interface MediaFacts {
  readonly kind: Kind;
  /** Media type by content. */
  readonly type: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds; null for an image. */
  readonly duration: number | null;
  /** Pixels; null for audio. */
  readonly width: number | null;
  readonly height: number | null;
  readonly fps: number | null;
  readonly videoCodec: string | null;
  readonly hasAudio: boolean;
  readonly user_metadata: UserMetadata | null;
}

/** The facts of a file that was just probed. */
export function factsOfProbe(probe: Probe, filename: string): MediaFacts {
  return facts(probe.kind, probe.duration, probe.technical, filename, null);
}

/** The facts of an asset that is ready. */
export function factsOfAsset(asset: AssetRecord): MediaFacts {
  const kind = asset.kind ?? 'video';
  return facts(kind, asset.duration, asset.technical_metadata ?? {}, asset.filename, asset.user_metadata);
}

function facts(
  kind: Kind,
  duration: number | null,
  technical: Record<string, unknown>,
  filename: string,
  user_metadata: UserMetadata | null,
): MediaFacts {
  const number = (name: string): number | null => {
    const value = technical[name];
    return typeof value === 'number' ? value : null;
  };
  return {
    kind,
    type: String(technical.file_mime_type),
    filename,
    size: number('file_size_bytes') ?? 0,
    duration,
    width: number('video_width') ?? number('image_width'),
    height: number('video_height') ?? number('image_height'),
    fps: number('video_fps'),
    videoCodec: typeof technical.video_codec === 'string' ? technical.video_codec : null,
    hasAudio: technical.has_audio === true,
    user_metadata,
  };
}

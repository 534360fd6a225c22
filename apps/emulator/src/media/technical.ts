import type { Track } from 'mediainfo.js';
import type { Kind } from '../asset-record.ts';

type Fields = Record<string, unknown>;

/**
 * Builds `technical_metadata` from MediaInfo's tracks. Fields that the file does not have are omitted.
 */
export function technicalMetadata(tracks: readonly Track[], kind: Kind, type: string, size: number): Fields {
  const of = (name: string): Fields[] =>
    tracks.filter((track) => track['@type'] === name) as unknown as Fields[];
  const general = of('General')[0] ?? {};
  const base = {
    file_size_bytes: size,
    file_mime_type: type,
    file_container_format: text(general.Format)?.toLowerCase(),
    container_creation_time: creationTime(general.Encoded_Date),
  };
  if (kind === 'image') return compact({ ...base, ...imageFields(of('Image')[0] ?? {}) });
  const videos = of('Video');
  const audios = of('Audio');
  return compact({
    ...base,
    ...videoFields(videos),
    ...audioFields(audios),
    has_audio: audios.length > 0,
    total_video_streams: videos.length,
    total_audio_streams: audios.length,
  });
}

function videoFields(videos: readonly Fields[]): Fields {
  const [first] = videos;
  if (first === undefined) return {};
  const width = integer(first.Width);
  const height = integer(first.Height);
  return {
    video_streams: videos.map(videoStream),
    video_codec: codec(first),
    video_width: width,
    video_height: height,
    video_fps: number(first.FrameRate),
    video_duration_seconds: number(first.Duration),
    video_bitrate_bps: integer(first.BitRate),
    start_timecode: text(first.TimeCode_FirstFrame),
    timecode_source: text(first.TimeCode_Source),
    is_hdr: text(first.HDR_Format) !== undefined,
    storage_aspect_ratio: width !== undefined && height ? Number((width / height).toFixed(6)) : undefined,
  };
}

function videoStream(track: Fields): Fields {
  return compact({
    index: integer(track.StreamOrder) ?? integer(track.StreamKindID) ?? 0,
    codec: codec(track),
    width: integer(track.Width),
    height: integer(track.Height),
    fps: number(track.FrameRate),
    avg_fps: number(track.FrameRate),
    duration_seconds: number(track.Duration),
    bitrate_bps: integer(track.BitRate),
    rotation: integer(track.Rotation),
    pixel_aspect_ratio: ratio(track.PixelAspectRatio),
    display_aspect_ratio: text(track.DisplayAspectRatio_String),
    scan_type: text(track.ScanType)?.toLowerCase(),
    pixel_format: pixelFormat(track),
    bit_depth: integer(track.BitDepth),
    color_range: text(track.colour_range)?.toLowerCase(),
    color_transfer: text(track.transfer_characteristics),
    color_space: text(track.ColorSpace),
    color_primaries: text(track.colour_primaries),
  });
}

function audioFields(audios: readonly Fields[]): Fields {
  const [first] = audios;
  if (first === undefined) return {};
  return {
    audio_streams: audios.map(audioStream),
    audio_codec: codec(first),
    audio_sample_rate: integer(first.SamplingRate),
    audio_channels: integer(first.Channels),
    audio_duration_seconds: number(first.Duration),
  };
}

function audioStream(track: Fields): Fields {
  return compact({
    index: integer(track.StreamOrder) ?? integer(track.StreamKindID) ?? 0,
    codec: codec(track),
    codec_long: text(track.Format_Info) ?? text(track.Format_String),
    sample_rate: integer(track.SamplingRate),
    bit_depth: integer(track.BitDepth),
    channels: integer(track.Channels),
    channel_layout: text(track.ChannelLayout),
    bitrate_bps: integer(track.BitRate),
    language: text(track.Language),
    duration_seconds: number(track.Duration),
  });
}

function imageFields(track: Fields): Fields {
  return {
    image_width: integer(track.Width),
    image_height: integer(track.Height),
    image_format: text(track.Format)?.toLowerCase(),
    image_color_space: text(track.ColorSpace),
    image_bit_depth: integer(track.BitDepth),
    has_alpha: text(track.ColorSpace)?.endsWith('A'),
  };
}

/** Names that people and FFmpeg use where MediaInfo has its own. */
const codecNames: Readonly<Record<string, string>> = {
  AVC: 'h264',
  HEVC: 'hevc',
  'MPEG Audio': 'mp3',
  'AAC LC': 'aac',
};

function codec(track: Fields): string | undefined {
  const format = text(track.Format);
  return format === undefined ? undefined : (codecNames[format] ?? format.toLowerCase());
}

function pixelFormat(track: Fields): string | undefined {
  const sampling = text(track.ChromaSubsampling);
  return text(track.ColorSpace) === 'YUV' && sampling ? `yuv${sampling.replaceAll(':', '')}p` : undefined;
}

/** `2024-05-01 10:00:00 UTC` of the container as RFC 3339. */
function creationTime(value: unknown): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(text(value) ?? '');
  return match === null ? undefined : `${match[1]}T${match[2]}Z`;
}

function ratio(value: unknown): string | undefined {
  const factor = number(value);
  if (factor === undefined) return undefined;
  return factor === 1 ? '1:1' : `${factor}:1`;
}

function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : undefined;
}

function integer(value: unknown): number | undefined {
  const parsed = number(value);
  return parsed === undefined ? undefined : Math.round(parsed);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function compact(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

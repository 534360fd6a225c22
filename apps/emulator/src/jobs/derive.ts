import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetRecord } from '../asset-record.ts';
import { factsOfAsset } from '../media/facts.ts';
import { FfmpegError, runFfmpeg } from '../media/ffmpeg.ts';
import type { Options } from '../options.ts';
import type { FileStore } from '../store/files.ts';

export interface DeriveParts {
  readonly files: FileStore;
  readonly options: Pick<Options, 'ffmpeg' | 'media'>;
}

/**
 * Makes the HLS stream of a video or audio asset: `hls/index.m3u8` and its segments, all there at once.
 *
 * @throws {FfmpegError} saying why not.
 */
export async function makeHls(parts: DeriveParts, asset: AssetRecord, signal: AbortSignal): Promise<void> {
  refuseTooManyPixels(parts, asset);
  const folder = parts.files.derived(asset.id);
  const unfinished = join(folder, 'hls.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const output = [
    ...['-map', '0:v:0?', '-map', '0:a:0?', '-sn', '-dn', ...codecs(asset)],
    ...['-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_filename', join(unfinished, 'segment%05d.ts'), join(unfinished, 'index.m3u8')],
  ];
  await runFfmpeg(parts.options, { path: parts.files.file(asset.id) }, output, signal);
  await rm(join(folder, 'hls'), { recursive: true, force: true });
  await rename(unfinished, join(folder, 'hls'));
}

/** Refuses what would take too much memory. ffmpeg has the same limit, for files with wrong headers. */
function refuseTooManyPixels({ options }: DeriveParts, asset: AssetRecord): void {
  const { width, height } = factsOfAsset(asset);
  const pixels = (width ?? 0) * (height ?? 0);
  const limit = options.media.pixels;
  if (pixels > limit)
    throw new FfmpegError(`The picture has ${pixels} pixels; the emulator decodes up to ${limit}.`);
}

/** What browsers play is repackaged, anything else is encoded anew. */
function codecs(asset: AssetRecord): string[] {
  const { video_codec, audio_codec, video_streams } = asset.technical_metadata ?? {};
  const pixels = (video_streams as { pixel_format?: string }[] | undefined)?.[0]?.pixel_format;
  const playable = video_codec === 'h264' && pixels === 'yuv420p';
  return [
    ...(asset.kind === 'audio'
      ? ['-vn']
      : playable
        ? ['-c:v', 'copy']
        : ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p']),
    ...(audio_codec === 'aac' ? ['-c:a', 'copy'] : ['-c:a', 'aac']),
  ];
}

/** Longest side of a thumbnail that is not smaller by itself, pixels. */
const width = 640;

/**
 * Makes `thumbnail.jpg`: a frame of a video, an image made smaller, the waveform of audio.
 *
 * @throws {FfmpegError} saying why not.
 */
export async function makeThumbnail(
  parts: DeriveParts,
  asset: AssetRecord,
  signal: AbortSignal,
): Promise<void> {
  refuseTooManyPixels(parts, asset);
  const folder = parts.files.derived(asset.id);
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, 'thumbnail.unfinished.jpg');
  const filter =
    asset.kind === 'audio'
      ? ['-filter_complex', `aformat=channel_layouts=mono,showwavespic=s=${width}x360:colors=0x4f8f6f`]
      : ['-vf', `scale='min(${width},iw)':-2`];
  const output = [...filter, '-frames:v', '1', '-q:v', '4', '-f', 'image2', '-update', '1', unfinished];
  const path = parts.files.file(asset.id);
  // The very first frame is often black.
  const seek = asset.kind === 'video' ? { seek: Math.min(10, (asset.duration ?? 0) / 10) } : {};
  await runFfmpeg(parts.options, { path, ...seek }, output, signal);
  await rename(unfinished, join(folder, 'thumbnail.jpg'));
}

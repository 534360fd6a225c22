import { spawnSync } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEAD_BYTES } from '../../src/media/head.ts';
import { recognize } from '../../src/media/signatures.ts';

const lacksFfmpeg = spawnSync('ffmpeg', ['-version']).error !== undefined;
const PICTURES = ['-f', 'lavfi', '-i', 'testsrc=s=64x64:d=1:r=10'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=d=1:r=48000'];
const BOTH = [...PICTURES, ...SOUND, '-shortest'];
const FAST = ['-movflags', '+faststart'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'core-media-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The first bytes of a file that ffmpeg writes. */
async function headOf(name: string, options: readonly string[]): Promise<Uint8Array> {
  const path = join(folder, name);
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...options, '-strict', '-2', path]);
  if (status !== 0) throw new Error(String(stderr));
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

describe.skipIf(lacksFfmpeg)('a file that ffmpeg writes (needs ffmpeg)', () => {
  it.each([
    ['v.mp4', [...BOTH, ...FAST], 'video/mp4'],
    ['v.mov', [...BOTH, ...FAST], 'video/quicktime'],
    ['v.m4v', [...PICTURES], 'video/x-m4v'],
    ['v.mkv', BOTH, 'video/x-matroska'],
    ['v.webm', BOTH, 'video/webm'],
    ['v.avi', BOTH, 'video/x-msvideo'],
    ['v.wmv', BOTH, 'video/x-ms-asf'],
    ['v.flv', [...BOTH, '-ar', '44100'], 'video/x-flv'],
    ['v.mpg', BOTH, 'video/mpeg'],
    ['v.ts', BOTH, 'video/mp2t'],
    ['v.m2ts', BOTH, 'video/mp2t'],
    ['a.ts', SOUND, 'audio/mp2t'],
    ['a.m2ts', [...SOUND, '-c:a', 'ac3'], 'audio/mp2t'],
    ['opus.ts', [...SOUND, '-c:a', 'opus', '-f', 'mpegts'], 'audio/mp2t'],
    ['v.ogv', BOTH, 'video/ogg'],
    ['afirst.avi', [...BOTH, '-map', '1', '-map', '0'], 'video/x-msvideo'],
    ['dvd.vob', [...BOTH, '-target', 'pal-dvd'], 'video/mpeg'],
    ['vcd.mpg', [...BOTH, '-target', 'pal-vcd'], 'video/mpeg'],
    ['v.mxf', [...BOTH, '-r', '25'], 'video/mxf'],
    ['v.obu', [...PICTURES, '-c:v', 'libaom-av1', '-cpu-used', '8'], 'video/av1'],
    ['aud.h264', [...PICTURES, '-x264-params', 'aud=1'], 'video/h264'],
    ['sei.h264', [...PICTURES, '-bsf:v', 'filter_units=remove_types=7|8|9'], 'video/h264'],
    ['gray.y4m', ['-f', 'lavfi', '-i', 'color=gray:s=320x240:d=1:r=10'], 'video/x-yuv4mpeg'],
    ['a.flv', [...SOUND, '-ar', '44100'], 'audio/x-flv'],
    ['a.avi', SOUND, 'audio/x-msvideo'],
    ['a.mpg', SOUND, 'audio/mp2p'],
    ['a.vob', [...SOUND, '-c:a', 'ac3'], 'audio/mp2p'],
    ['a.mxf', [...SOUND, '-f', 'mxf_opatom'], 'audio/mxf'],
    ['a.mp4', [...SOUND, ...FAST], 'audio/mp4'],
    ['a.m4a', SOUND, 'audio/mp4'],
    ['a.mov', [...SOUND, ...FAST], 'audio/mp4'],
    ['a.mkv', SOUND, 'audio/x-matroska'],
    ['a.mka', SOUND, 'audio/x-matroska'],
    ['a.webm', SOUND, 'audio/webm'],
    ['a.wma', SOUND, 'audio/x-ms-wma'],
    ['a.asf', SOUND, 'audio/x-ms-wma'],
    ['a.ogg', SOUND, 'audio/ogg'],
    ['a.opus', SOUND, 'audio/ogg'],
    ['a.mp3', SOUND, 'audio/mpeg'],
    ['a.mp2', SOUND, 'audio/mpeg'],
    ['a.aac', SOUND, 'audio/aac'],
    ['a.flac', SOUND, 'audio/flac'],
    ['a.wav', SOUND, 'audio/wav'],
    ['a.w64', SOUND, 'audio/wav'],
    ['a.aiff', SOUND, 'audio/aiff'],
    ['a.caf', SOUND, 'audio/x-caf'],
    ['a.wv', SOUND, 'audio/x-wavpack'],
    ['a.ac3', SOUND, 'audio/ac3'],
    ['i.png', [...PICTURES, '-frames:v', '1'], 'image/png'],
    ['i.jpg', [...PICTURES, '-frames:v', '1'], 'image/jpeg'],
    ['i.gif', [...PICTURES, '-frames:v', '1'], 'image/gif'],
    ['i.bmp', [...PICTURES, '-frames:v', '1'], 'image/bmp'],
    ['i.tiff', [...PICTURES, '-frames:v', '1'], 'image/tiff'],
    ['i.webp', [...PICTURES, '-frames:v', '1'], 'image/webp'],
  ])('%s is recognized', async (name, options, type) => {
    expect(recognize(await headOf(name, options))).toMatchObject({ type });
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { probeMedia } from '../src/media/probe.ts';
import { typeOfName } from '../src/media/types.ts';
import { lacks } from '../src/programs.ts';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'emulator-probe-'));
const needsFfmpeg = test.skipIf(lacks('ffmpeg'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

needsFfmpeg.each<[string, string, string[], string, string]>([
  ['mov', sampleVideo, ['-c', 'copy'], 'video', 'video/quicktime'],
  ['mkv', sampleVideo, ['-c', 'copy'], 'video', 'video/x-matroska'],
  ['webm', sampleVideo, ['-t', '1', '-c:v', 'libvpx', '-an'], 'video', 'video/webm'],
  ['avi', sampleVideo, ['-t', '1', '-c:v', 'mpeg4'], 'video', 'video/x-msvideo'],
  ['ts', sampleVideo, ['-c', 'copy'], 'video', 'video/mp2t'],
  ['mp4', sampleVideo, ['-c', 'copy', '-movflags', 'frag_keyframe+empty_moov'], 'video', 'video/mp4'],
  ['wav', sampleAudio, [], 'audio', 'audio/wav'],
  ['flac', sampleAudio, [], 'audio', 'audio/flac'],
  ['ogg', sampleAudio, [], 'audio', 'audio/ogg'],
  ['m4a', sampleAudio, [], 'audio', 'audio/mp4'],
  ['aac', sampleAudio, [], 'audio', 'audio/aac'],
  [
    'm4a',
    sampleAudio,
    ['-i', sampleImage, '-map', '0', '-map', '1', '-c:v', 'mjpeg', '-disposition:v', 'attached_pic'],
    'audio',
    'audio/mp4',
  ],
  ['png', sampleImage, [], 'image', 'image/png'],
  ['gif', sampleImage, [], 'image', 'image/gif'],
  ['webp', sampleImage, [], 'image', 'image/webp'],
  ['bmp', sampleImage, [], 'image', 'image/bmp'],
  ['m2ts', sampleVideo, ['-c', 'copy', '-mpegts_m2ts_mode', '1'], 'video', 'video/mp2t'],
  ['rm', sampleVideo, ['-an'], 'video', 'application/vnd.rn-realmedia'],
  ['mp2', sampleAudio, [], 'audio', 'audio/mpeg'],
  ['aiff', sampleAudio, [], 'audio', 'audio/x-aiff'],
  ['wma', sampleAudio, [], 'audio', 'audio/x-ms-wma'],
  ['weba', sampleAudio, ['-f', 'webm', '-c:a', 'libopus'], 'audio', 'audio/webm'],
  ['wv', sampleAudio, [], 'audio', 'audio/x-wavpack'],
])('knows %s (needs ffmpeg)', async (extension, source, args, kind, type) => {
  const path = join(folder, `a.${extension}`);
  const made = spawnSync('ffmpeg', ['-y', '-i', source, ...args, path], { encoding: 'utf8' });
  expect(made.status, made.stderr).toBe(0);
  const probe = await probeMedia(path, 300);
  expect(probe).toMatchObject({ kind, type });
  expect(typeOfName(path)).toBe(type);
  const seconds = kind === 'image' ? null : args.includes('-t') ? 1 : source === sampleAudio ? 4 : 5;
  if (seconds === null) expect(probe.duration).toBeNull();
  else expect(Math.abs((probe.duration ?? 0) - seconds)).toBeLessThan(0.15);
});

test.each([
  ['a playlist', '#EXTM3U\n#EXTINF:5,\n/etc/passwd\n#EXT-X-ENDLIST\n'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['subtitles', '1\n00:00:01,000 --> 00:00:02,000\nhello\n'],
  ['nothing', ''],
])('%s is no media', async (_name, content) => {
  const path = join(folder, 'other.mp4');
  writeFileSync(path, content);
  await expect(probeMedia(path, 300)).rejects.toThrow(/contains no video|not a video|empty/);
});

test('goes on after a file that it cannot open', async () => {
  await expect(probeMedia(join(folder, 'gone'), 300)).rejects.toThrow(/ENOENT/);
  expect((await probeMedia(sampleVideo, 300)).duration).toBe(5);
});

test('a file that takes too long is given up, and the next one is probed', async () => {
  await expect(probeMedia(sampleVideo, 0.001)).rejects.toThrow(
    'The file could not be probed within 0.001 seconds.',
  );
  expect((await probeMedia(sampleVideo, 300)).duration).toBe(5);
});

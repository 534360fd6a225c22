import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Prober } from '../src/media/probe.ts';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'emulator-probe-'));
const prober = new Prober();
const missing = spawnSync('ffmpeg', ['-version']).error !== undefined;
// With CI=true a missing ffmpeg fails the tests instead.
const needsFfmpeg = missing && process.env.CI !== 'true' ? test.skip : test;

afterAll(async () => {
  await prober.close();
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
])('knows %s (needs ffmpeg)', async (extension, source, args, kind, type) => {
  const path = join(folder, `a.${extension}`);
  const made = spawnSync('ffmpeg', ['-y', '-i', source, ...args, path], { encoding: 'utf8' });
  expect(made.status, made.stderr).toBe(0);
  const probe = await prober.probe(path);
  expect(probe).toMatchObject({ kind, type });
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
  await expect(prober.probe(path)).rejects.toThrow(/holds no video|not a video|empty/);
});

test('goes on after a file that it cannot open', async () => {
  await expect(prober.probe(join(folder, 'gone'))).rejects.toThrow(/ENOENT/);
  expect((await prober.probe(sampleVideo)).duration).toBe(5);
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lacks } from '../src/programs.ts';
import { missedRequirement } from '../src/requirements.ts';
import { sampleVideo } from '../src/samples.ts';
import { call, createSettled, directFile, emulate } from './helpers.ts';

test.skipIf(lacks('ffmpeg')).each([
  ['too small', ['-vf', 'scale=320:240'], 'video_resolution_too_low', 'Current resolution is 320x240.'],
  ['too short', ['-t', '3', '-c', 'copy'], 'video_duration_too_short', 'The duration is too short: 3'],
])(
  'a video that is %s, as probed, is refused for what it is (needs ffmpeg)',
  async (_name, args, code, message) => {
    const folder = mkdtempSync(join(tmpdir(), 'emulator-requirements-'));
    try {
      const path = join(folder, 'video.mp4');
      expect(spawnSync('ffmpeg', ['-y', '-i', sampleVideo, ...args, path]).status).toBe(0);
      const emulator = await emulate();
      const asset_id = (await createSettled(emulator, directFile(path))).body._id;
      const ask = { video: { type: 'asset_id', asset_id }, prompt: 'What?' };
      expect((await call(emulator, 'POST', '/analyze', ask)).body).toMatchObject({
        code,
        message: expect.stringContaining(message),
      });
      const { body: task } = await call(emulator, 'POST', '/analyze/tasks', ask);
      const models = [{ model_name: 'marengo3.0', model_options: ['visual'] }];
      const { body: index } = await call(emulator, 'POST', '/indexes', { index_name: 'mine', models });
      const indexing = `/indexes/${index._id}/indexed-assets`;
      const { body: indexed } = await call(emulator, 'POST', indexing, { asset_id });
      await emulator.settled();
      expect((await call(emulator, 'GET', `/analyze/tasks/${task.task_id}`)).body).toMatchObject({
        status: 'failed',
        error: { message: expect.stringContaining(message) },
      });
      expect((await call(emulator, 'GET', `${indexing}/${indexed._id}`)).body.status).toBe('failed');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test.each<[string, object, string | undefined]>([
  ['4 s', { duration: 4 }, undefined],
  ['3.9 s', { duration: 3.9 }, 'video_duration_too_short'],
  ['an hour', { duration: 3600 }, undefined],
  ['more', { duration: 3600.1 }, 'video_duration_too_long'],
  ['320x240', { width: 320, height: 240 }, 'video_resolution_too_low'],
  ['5184x2160', { width: 5184, height: 2160 }, undefined],
  ['2160x5184', { width: 2160, height: 5184 }, undefined],
  ['6000x2160', { width: 6000, height: 2160 }, 'video_resolution_too_high'],
  ['1000x400', { width: 1000, height: 400 }, 'video_resolution_invalid_aspect_ratio'],
])('a video of %s', (_name, change, code) => {
  const facts = {
    kind: 'video',
    type: 'video/mp4',
    filename: 'a.mp4',
    size: 1,
    duration: 5,
    width: 640,
    height: 480,
    fps: 25,
    videoCodec: 'h264',
    hasAudio: true,
    user_metadata: null,
    ...change,
  } as const;
  expect(missedRequirement(facts, 'analyze')?.code).toBe(code);
});

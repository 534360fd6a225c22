import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lacks } from '../src/programs.ts';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';
import { call, createSettled, direct, directFile, emulate } from './helpers.ts';

const both = { enable_hls: 'true', enable_thumbnail: 'true' };
const needsFfmpeg = test.skipIf(lacks('ffmpeg'));

needsFfmpeg(
  'a video gets a playlist with segments that are there, and a picture (needs ffmpeg)',
  async () => {
    const emulator = await emulate();
    const created = await call(emulator, 'POST', '/assets', directFile(sampleVideo, both));
    const pending = await call(emulator, 'GET', `/assets/${created.body._id}`);
    expect(['pending', 'processing']).toContain(pending.body.hls.status);
    expect(pending.body.hls).not.toHaveProperty('manifest_url');
    await emulator.settled();
    const { body } = await call(emulator, 'GET', `/assets/${created.body._id}`);
    expect(body).toMatchObject({ status: 'ready', hls: { status: 'ready' }, thumbnail: { status: 'ready' } });
    const manifest = await fetch(body.hls.manifest_url);
    expect(manifest.headers.get('access-control-allow-origin')).toBe('*');
    const text = await manifest.text();
    expect(text).toContain('#EXT-X-ENDLIST');
    const segments = text.split('\n').filter((line) => line.endsWith('.ts'));
    expect(segments.length).toBeGreaterThan(0);
    for (const segment of segments) {
      const response = await fetch(new URL(segment, body.hls.manifest_url));
      // Every packet of an MPEG transport stream starts with 0x47.
      expect(new Uint8Array(await response.arrayBuffer())[0]).toBe(0x47);
    }
    const picture = await fetch(body.thumbnail.representative_url);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect([...new Uint8Array(await picture.arrayBuffer()).subarray(0, 2)]).toEqual([0xff, 0xd8]);
  },
);

needsFfmpeg(
  'stream and picture are pending, then processing, then ready; deleting ends the work (needs ffmpeg)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emulator-derived-'));
    try {
      const slow = join(folder, 'ffmpeg');
      const script =
        '#!/bin/sh\nwhile [ ! -e "$(dirname "$0")/go" ]; do sleep 0.01; done\nexec ffmpeg "$@"\n';
      writeFileSync(slow, script, { mode: 0o755 });
      const emulator = await emulate({ ffmpeg: slow, instantReadyBytes: 1_000_000 });
      const { body } = await call(emulator, 'POST', '/assets', directFile(sampleVideo, both));
      expect(body.status).toBe('ready');
      const other = await call(emulator, 'POST', '/assets', directFile(sampleVideo, both));
      const state = async (): Promise<unknown[]> => {
        const { hls, thumbnail } = (await call(emulator, 'GET', `/assets/${body._id}`)).body;
        return [thumbnail.status, hls.status];
      };
      while ((await state())[0] === 'pending');
      expect(await state()).toEqual(['processing', 'pending']);
      expect((await call(emulator, 'DELETE', `/assets/${other.body._id}`)).status).toBe(200);
      writeFileSync(join(folder, 'go'), '');
      await emulator.settled();
      expect(await state()).toEqual(['ready', 'ready']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

needsFfmpeg('what browsers do not play is encoded anew (needs ffmpeg)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-derived-'));
  try {
    const avi = join(folder, 'old.avi');
    spawnSync('ffmpeg', ['-i', sampleVideo, '-t', '1', '-c:v', 'mpeg4', '-c:a', 'mp3', avi]);
    const emulator = await emulate();
    const { body } = await createSettled(emulator, directFile(avi, both));
    expect(body).toMatchObject({
      file_type: 'video/x-msvideo',
      hls: { status: 'ready' },
      thumbnail: { status: 'ready' },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

needsFfmpeg('audio gets a playlist and its waveform, an image only a picture (needs ffmpeg)', async () => {
  const emulator = await emulate();
  const audio = await createSettled(emulator, directFile(sampleAudio, both));
  expect(audio.body).toMatchObject({ hls: { status: 'ready' }, thumbnail: { status: 'ready' } });
  const image = await createSettled(emulator, directFile(sampleImage, both));
  expect(image.body).toMatchObject({ status: 'ready', thumbnail: { status: 'ready' } });
  expect(image.body).not.toHaveProperty('hls');
});

test.each([
  [false, /switched off/],
  ['/nowhere/ffmpeg', /not found/],
  ['/bin/false', /code 1/],
] as const)('without a working ffmpeg (%j) the status is error and says why', async (ffmpeg, reason) => {
  const emulator = await emulate({ ffmpeg });
  const { body } = await createSettled(emulator, directFile(sampleVideo, both));
  expect(body.status).toBe('ready');
  for (const derived of [body.hls, body.thumbnail]) {
    expect(derived).toEqual({ status: 'error', error: { message: expect.stringMatching(reason) } });
  }
  expect((await fetch(`${emulator.url}/media/${body._id}/hls/index.m3u8`)).status).toBe(404);
});

test('what was not asked for is not there, and a failed asset has none', async () => {
  const emulator = await emulate();
  const plain = await createSettled(emulator, directFile(sampleVideo));
  expect(plain.body).not.toHaveProperty('hls');
  expect(plain.body).not.toHaveProperty('thumbnail');
  const failed = await createSettled(emulator, direct('text', 'a.mp4', both));
  expect(failed.body).toMatchObject({
    status: 'failed',
    hls: { status: 'error' },
    thumbnail: { status: 'error' },
  });
});

test('the original is served in ranges with its type, and nothing outside the store', async () => {
  const emulator = await emulate();
  const { body } = await createSettled(emulator, directFile(sampleVideo));
  const response = await fetch(`${emulator.url}/media/${body._id}/original`, {
    headers: { range: 'bytes=4-7' },
  });
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    206,
    'video/mp4',
    'ftyp',
  ]);
  for (const path of [
    `${body._id}/hls/..%2F..%2F..%2Femulator.sqlite`,
    `${'0'.repeat(24)}/original`,
    'x/original',
  ]) {
    expect((await fetch(`${emulator.url}/media/${path}`)).status).toBeGreaterThanOrEqual(400);
  }
});

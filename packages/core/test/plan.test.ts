import { readFile } from 'node:fs/promises';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import type { FileSource } from '../src/index.ts';
import { fileFromPath } from '../src/node/index.ts';
import { audioTrack, fileType, movie, videoTrack } from './support/container-heads.ts';
import { OTHER_HEADS, UNKNOWN_HEADS } from './support/media-heads.ts';
import { usePlatform } from './support/platform.ts';

const MiB = 1024 ** 2;
const platform = usePlatform();
const plan = (params: unknown, options: unknown = {}) =>
  platform.client().client.plan(params as never, options as never);
const mp4 = new Uint8Array([...fileType('isom'), ...movie(videoTrack), ...new Uint8Array(100_000)]);
const file = (more: Partial<FileSource>): FileSource => ({
  name: 'a.mp4',
  type: 'video/mp4',
  size: 1_000,
  stream: () => new Blob([mp4]).stream(),
  ...more,
});
const png = { name: 'a.png', stream: () => bytes('\x89PNG\r\n') };
const bytes = (text: string) => new Blob([Buffer.from(text, 'latin1')]).stream();

describe('plan', () => {
  it('says what would be sent, and sends nothing', async () => {
    const planned = await plan({
      method: 'direct',
      file: file({}),
      enable_hls: true,
      user_metadata: { a: 1 },
    });
    expect(planned).toEqual({
      route: 'direct',
      fields: { method: 'direct', filename: 'a.mp4', enable_hls: true, user_metadata: { a: 1 } },
      kind: 'video',
      media: { kind: 'video', type: 'video/mp4', from: 'first bytes' },
      size: 1_000,
      limit: {
        route: 'direct',
        kinds: ['video', 'audio'],
        bytes: 200 * MiB,
        source: '"Create an asset", upload limits',
      },
      problems: [],
      notes: [],
    });
    expect(await plan({ method: 'url', url: 'https://example.org/a.mp4' })).toMatchObject({
      route: 'url',
      problems: [],
    });
    expect(platform.emulator.requests()).toEqual([]);
  });

  it('goes by the first bytes of a real file', async () => {
    const type = 'application/octet-stream';
    const video = await readFile(sampleVideo);
    expect(await plan({ method: 'direct', file: new File([video], 'x', { type }) })).toMatchObject({
      media: { kind: 'video', type: 'video/mp4', from: 'first bytes' },
    });
  });

  it('finds out the size of a stream that ends early', async () => {
    const planned = await plan({
      method: 'direct',
      file: { name: 'a.mp3', stream: () => bytes('ID3 and more') },
    });
    expect(planned).toMatchObject({ size: 12, kind: 'audio' });
  });

  it.each([
    ['a 6 MiB image', { ...png, size: 6 * MiB }, {}, 'file size'],
    ['an image over 5 MiB by a byte', { ...png, size: 5 * MiB + 1 }, {}, 'file size'],
    ['a 201 MiB video that is to go directly', { size: 201 * MiB }, { upload: 'direct' }, 'file size'],
    ['a 33 MiB image by multipart', { ...png, size: 33 * MiB }, { upload: 'multipart' }, 'file size'],
    ['an empty file', { size: 0 }, {}, 'file empty'],
    ['a PDF', { name: 'a.pdf', type: 'application/pdf', stream: () => bytes('%PDF-1.7') }, {}, 'file kind'],
    ['a name of 256 characters', { name: 'a'.repeat(256) }, {}, 'file.name length'],
    [
      'a stream of unknown size by multipart',
      { size: undefined, stream: () => new Blob([new Uint8Array(9 * MiB)]).stream() },
      { upload: 'multipart' },
      'file size',
    ],
  ])('refuses %s', async (_, more, options, expected) => {
    const { problems } = await plan({ method: 'direct', file: file(more) }, options);
    expect(problems.map(({ field, rule }) => `${field} ${rule}`)).toEqual([expected]);
  });

  it.each([
    [
      'an image',
      png,
      5 * MiB + 1,
      'an image as a local file may have at most 5,242,880 bytes',
      '5,242,881 bytes',
    ],
    [
      'audio',
      { name: 'a.mp3', type: 'audio/mpeg', stream: () => bytes('ID3') },
      210 * MiB,
      'audio as a local file may have at most 200 MiB',
      '210 MiB',
    ],
  ])('says how large %s may be, and how large it is', async (_, more, size, message, received) => {
    const { problems } = await plan(
      { method: 'direct', file: file({ ...more, size }) },
      { upload: 'direct' },
    );
    expect(problems).toMatchObject([{ message: expect.stringContaining(message), received }]);
  });

  it('takes any size when the check is off', async () => {
    const { route, problems } = await plan(
      { method: 'direct', file: file({ ...png, size: 6 * MiB }) },
      { checkSize: false },
    );
    expect({ route, problems }).toEqual({ route: 'multipart', problems: [] });
  });

  it('names every problem, of parameters and options alike, and create throws the same', async () => {
    const params = { method: 'direct', file: file({ size: 0 }), filename: '', extra: 1 };
    const options = { timeout: -1, upload: 'fast', resume: 7 };
    const fields = ['filename', 'extra', 'timeout', 'upload', 'resume', 'file'];
    expect((await plan(params, options)).problems.map(({ field }) => field)).toEqual(fields);
    const created = platform.client().client.create(params as never, options as never);
    await expect(created).rejects.toMatchObject({
      code: 'validation',
      issues: fields.map((field) => ({ field })),
    });
    expect(platform.emulator.requests()).toEqual([]);
  });

  it.each(OTHER_HEADS)(
    'refuses %s whatever its name and type say, unless that check is off',
    async (what, head) => {
      const source = new File([head as Uint8Array<ArrayBuffer>], 'clip.mp4', { type: 'video/mp4' });
      const refused = await plan({ method: 'direct', file: source });
      expect(refused.problems).toMatchObject([
        { field: 'file', rule: 'kind', received: expect.stringMatching(what) },
      ]);
      expect(refused.notes).toEqual([]);
      const sent = await plan({ method: 'direct', file: source }, { checkContent: false });
      expect(sent).toMatchObject({ route: 'direct', problems: [], notes: [expect.stringMatching(what)] });
    },
  );

  it.each([
    ['an image', 'a video', sampleImage, ['video']],
    ['a video', 'an image', sampleVideo, ['image']],
    ['audio', 'an image', sampleAudio, ['image']],
  ] as const)('refuses %s where the next step takes %s', async (received, wanted, path, kinds) => {
    const params = { method: 'direct', file: await fileFromPath(path) };
    const problem = { field: 'file', rule: 'kind', message: `must be ${wanted}`, received };
    expect((await plan(params, { kinds })).problems).toEqual([problem]);
    expect((await plan(params, { kinds, checkContent: false })).problems).toEqual([]);
    expect((await plan(params, { kinds: ['video', 'audio', 'image'] })).problems).toEqual([]);
  });

  it('refuses neither video nor audio where only the other is expected: they share containers', async () => {
    const params = { method: 'direct', file: await fileFromPath(sampleAudio) };
    expect((await plan(params, { kinds: ['video'] })).problems).toEqual([]);
  });

  it.each(UNKNOWN_HEADS)('takes %s, for the platform to judge, and notes it', async (_, head) => {
    const bytes = [head as Uint8Array<ArrayBuffer>];
    expect(await plan({ method: 'direct', file: new File(bytes, 'clip.mp4') })).toMatchObject({
      kind: 'video',
      problems: [],
      notes: [expect.stringMatching(/^Only its name says that this file is a video/)],
    });
    const nothing = { method: 'direct', file: new File(bytes, 'clip') };
    expect(await plan(nothing)).toMatchObject({
      kind: undefined,
      problems: [],
      notes: [expect.stringMatching(/^Neither the first bytes nor the name nor the media type/)],
    });
    expect((await plan(nothing, { upload: 'multipart' })).problems).toMatchObject([
      { field: 'file', rule: 'kind', message: expect.stringMatching(/give its media type/) },
    ]);
  });

  it.each([
    [200_000_000, 'direct'],
    [200_000_001, 'multipart'],
    [205_000_000, 'multipart'],
    [200 * MiB, 'multipart'],
  ])('sends a video of %i bytes by %s', async (size, route) => {
    expect(await plan({ method: 'direct', file: file({ size }) })).toMatchObject({ route, problems: [] });
  });

  it('opens a multipart session with the kind that the bytes show', async () => {
    const voice = new File([fileType('isom'), movie(audioTrack)], 'voice.mp4', { type: 'video/mp4' });
    const { fields } = await plan({ method: 'direct', file: voice }, { upload: 'multipart' });
    expect(fields).toMatchObject({ type: 'audio', filename: 'voice.mp4' });
  });

  it.each([
    ['audio/x-m4a', 'audio.m4a'],
    ['video/quicktime', 'video.mov'],
    ['image/jpg', 'image.jpg'],
    ['', 'file.bin'],
  ])('names a Blob of type "%s" %s', async (type, name) => {
    const { fields } = await plan(
      { method: 'direct', file: new Blob([new Uint8Array(99)], { type }) },
      { upload: 'multipart' },
    );
    expect(fields).toMatchObject({ filename: name });
  });

  it('closes a one-shot stream that it looked at', async () => {
    let closed = false;
    async function* once() {
      try {
        yield new TextEncoder().encode('no media');
        yield new Uint8Array(10 * MiB);
      } finally {
        closed = true;
      }
    }
    const source = once();
    await plan({
      method: 'direct',
      file: { name: 'a.txt', size: 20 * MiB, oneShot: true, stream: () => source },
    });
    expect(closed).toBe(true);
  });
});

it.each([
  [
    { waitUntilReady: { maxWait: -1, waitFor: ['nope'] } },
    ['waitUntilReady.maxWait range', 'waitUntilReady.waitFor.0 value'],
  ],
  [{ waitUntilReady: { for: 'ever' } }, ['waitUntilReady.for unknown']],
  [{ waitUntilReady: 'yes' }, ['waitUntilReady value']],
])('names what is wrong inside of wait options: %j', async (options, expected) => {
  const { problems } = await plan({ method: 'url', url: 'https://example.com/a.mp4' }, options);
  expect(problems.map(({ field, rule }) => `${field} ${rule}`)).toEqual(expected);
});

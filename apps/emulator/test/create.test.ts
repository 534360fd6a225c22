import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Emulator } from '../src/index.ts';
import { sampleAudio, sampleImage, sampleVideo } from '../src/samples.ts';
import { call, createSettled, direct, directFile, emulate } from './helpers.ts';

const MiB = 1024 * 1024;

function storedFiles(emulator: Emulator): string[] {
  return ['files', 'incoming'].flatMap((folder) => readdirSync(join(emulator.dataDir, folder)));
}

test('a video goes from processing to ready with what probing found', async () => {
  const emulator = await emulate();
  const created = await call(emulator, 'POST', '/assets', directFile(sampleVideo));
  expect(created.status).toBe(201);
  expect(created.body).toEqual({
    _id: expect.stringMatching(/^[0-9a-f]{24}$/),
    method: 'direct',
    status: 'processing',
    filename: 'video.mp4',
    file_type: 'video/mp4',
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
  await emulator.settled();
  const { body } = await call(emulator, 'GET', `/assets/${created.body._id}`);
  expect(body).toMatchObject({ status: 'ready', size: readFileSync(sampleVideo).length, duration: 5 });
  expect(body.technical_metadata).toMatchObject({
    video_width: 640,
    video_height: 480,
    video_codec: 'h264',
    video_fps: 25,
    audio_codec: 'aac',
    audio_channels: 1,
    has_audio: true,
    file_mime_type: 'video/mp4',
  });
  expect(readFileSync(join(emulator.dataDir, 'files', body._id))).toEqual(readFileSync(sampleVideo));
});

test('an audio file has a duration and an image has none', async () => {
  const emulator = await emulate();
  const audio = await createSettled(emulator, directFile(sampleAudio));
  expect(audio.body).toMatchObject({
    status: 'ready',
    file_type: 'audio/mpeg',
    duration: expect.closeTo(4.05, 1),
  });
  const image = await createSettled(emulator, directFile(sampleImage));
  expect(image.body).toMatchObject({ status: 'ready', file_type: 'image/jpeg' });
  expect(image.body).not.toHaveProperty('duration');
  expect(image.body.technical_metadata).toMatchObject({ image_width: 640, image_height: 480 });
});

test('the type comes from probing when the part says nothing', async () => {
  const emulator = await emulate();
  const content = readFileSync(sampleVideo) as Uint8Array<ArrayBuffer>;
  const { body } = await createSettled(emulator, direct(content, 'noname', {}, 'application/octet-stream'));
  expect(body).toMatchObject({ status: 'ready', file_type: 'video/mp4' });
});

test('a part without a type is taken as it comes', async () => {
  const emulator = await emulate();
  const head = '--b\r\ncontent-disposition: form-data; name="method"\r\n\r\ndirect\r\n--b\r\n';
  const part = 'content-disposition: form-data; name="file"; filename="noname"\r\n\r\n';
  const body = Buffer.concat([
    Buffer.from(head + part),
    readFileSync(sampleVideo),
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const response = await fetch(`${emulator.baseUrl}/assets`, {
    method: 'POST',
    headers: { 'x-api-key': emulator.apiKey, 'content-type': 'multipart/form-data; boundary=b' },
    body,
  });
  const { _id } = (await response.json()) as { _id: string };
  await emulator.settled();
  expect((await call(emulator, 'GET', `/assets/${_id}`)).body).toMatchObject({
    status: 'ready',
    file_type: 'video/mp4',
  });
});

test.each([
  ['text in disguise', Buffer.from('this is text\n'.repeat(50)), /not a video, audio or image/],
  ['a PDF in disguise', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n'), /format is PDF/],
  ['a video cut short', readFileSync(sampleVideo).subarray(0, 90_000), /cut short/],
])('%s ends failed with a reason', async (_name, content, reason) => {
  const emulator = await emulate();
  const { body } = await createSettled(emulator, direct(new Uint8Array(content), 'movie.mp4'));
  expect(body.status).toBe('failed');
  expect(body.error.message).toMatch(reason);
  expect(body).not.toHaveProperty('size');
});

test('small files answer ready at once when the option says so', async () => {
  const emulator = await emulate({ instantReadyBytes: 10 * MiB });
  const { body } = await call(emulator, 'POST', '/assets', directFile(sampleImage));
  expect(body.status).toBe('ready');
});

test('an asset stays processing for as long as asked', async () => {
  const emulator = await emulate({ processingMs: 60_000 });
  const { body } = await call(emulator, 'POST', '/assets', directFile(sampleImage));
  const probed = await call(emulator, 'GET', `/assets/${body._id}`);
  expect(probed.body.status).toBe('processing');
  expect(probed.body).not.toHaveProperty('technical_metadata');
});

function form(fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const url = 'https://example.com/a.mp4';
test.each([
  ['no method', form([['url', url]]), 'parameter_not_provided', 'method'],
  ['an unknown method', form([['method', 'ftp']]), 'parameter_invalid', 'method'],
  ['direct without a file', form([['method', 'direct']]), 'parameter_not_provided', 'file'],
  ['url without a URL', form([['method', 'url']]), 'parameter_not_provided', 'url'],
  [
    'an ftp URL',
    form([
      ['method', 'url'],
      ['url', 'ftp://example.com/a.mp4'],
    ]),
    'parameter_invalid',
    'url',
  ],
  [
    'a relative URL',
    form([
      ['method', 'url'],
      ['url', '/a.mp4'],
    ]),
    'parameter_invalid',
    'url',
  ],
  [
    'a URL with credentials',
    form([
      ['method', 'url'],
      ['url', 'https://me:pw@example.com/a'],
    ]),
    'parameter_invalid',
    'url',
  ],
  [
    'an empty filename',
    form([
      ['method', 'url'],
      ['url', url],
      ['filename', ''],
    ]),
    'parameter_invalid',
    'filename',
  ],
  [
    'a filename of 256',
    form([
      ['method', 'url'],
      ['url', url],
      ['filename', 'x'.repeat(256)],
    ]),
    'parameter_invalid',
    'filename',
  ],
  [
    'a boolean that is none',
    form([
      ['method', 'url'],
      ['url', url],
      ['enable_hls', 'yes'],
    ]),
    'parameter_invalid',
    'enable_hls',
  ],
  [
    'a field twice',
    form([
      ['method', 'url'],
      ['method', 'url'],
      ['url', url],
    ]),
    'parameter_invalid',
    'method',
  ],
  [
    'an unknown field',
    form([
      ['method', 'url'],
      ['url', url],
      ['colour', 'red'],
    ]),
    'parameter_unknown',
    'colour',
  ],
  [
    'a file that is a text field',
    form([
      ['method', 'direct'],
      ['file', 'x'],
    ]),
    'parameter_invalid',
    'file',
  ],
  ['a file with method url', direct('x', 'a.mp4', { url }, 'video/mp4'), 'parameter_invalid', 'url'],
  ['an empty file', direct('', 'a.mp4'), 'parameter_invalid', 'file'],
  ['a PDF', direct('%PDF-1.4', 'a.pdf', {}, 'application/pdf'), 'parameter_invalid', 'file'],
  [
    'metadata that is not JSON',
    form([
      ['method', 'url'],
      ['url', url],
      ['user_metadata', '{'],
    ]),
    'parameter_invalid',
    'user_metadata',
  ],
  [
    'nested metadata',
    form([
      ['method', 'url'],
      ['url', url],
      ['user_metadata', '{"a":{}}'],
    ]),
    'parameter_invalid',
    'user_metadata',
  ],
])('refuses %s, names it and keeps nothing', async (_name, body, code, field) => {
  const emulator = await emulate();
  const answer = await call(emulator, 'POST', '/assets', body);
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ code, message: expect.stringContaining(field) });
  expect(storedFiles(emulator)).toEqual([]);
  expect((await call(emulator, 'GET', '/assets')).body.data).toEqual([]);
});

test('refuses a body that is no form, and one that ends early', async () => {
  const emulator = await emulate();
  const post = (body: string, type: string) =>
    fetch(`${emulator.baseUrl}/assets`, {
      method: 'POST',
      headers: { 'x-api-key': emulator.apiKey, 'content-type': type },
      body,
    });
  const head =
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\ncontent-type: video/mp4\r\n\r\nabc';
  for (const response of [
    await post('{}', 'application/json'),
    await post('x', 'multipart/form-data'),
    await post(head, 'multipart/form-data; boundary=b'),
  ]) {
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'parameter_invalid' });
  }
  expect(storedFiles(emulator)).toEqual([]);
});

test('image and video limits apply by kind, however the kind is known', async () => {
  const emulator = await emulate({ limits: { image: 10_000, direct: 100_000 } });
  const image = new Uint8Array(readFileSync(sampleImage));
  for (const type of ['image/jpeg', 'application/octet-stream']) {
    const answer = await call(emulator, 'POST', '/assets', direct(image, 'x', {}, type));
    expect(answer.body).toMatchObject({
      code: 'parameter_invalid',
      message: expect.stringContaining('9.77 KiB'),
    });
  }
  const video = await call(emulator, 'POST', '/assets', directFile(sampleVideo));
  expect(video).toMatchObject({ status: 400, body: { code: 'video_filesize_too_large' } });
  expect(video.body.message).toMatch(/video and audio files may have up to 97\.66 KiB/);
  // It is refused only after all of it was sent.
  expect(emulator.requests().at(-1)?.body?.complete).toBe(true);
  expect(storedFiles(emulator)).toEqual([]);
  const disguised = await createSettled(emulator, direct(image, 'x', {}, 'video/mp4'));
  expect(disguised.body).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('limit') },
  });
});

test.each([
  'quote".jpg',
  'line\r\nbreak.jpg',
  'nul\0.jpg',
  '🎬.jpg',
  '\u202Egpj.exe',
  '100%22.jpg',
  '  spaces  ',
])('keeps the filename %j as given', async (filename) => {
  const emulator = await emulate();
  const { body } = await createSettled(emulator, directFile(sampleImage, { filename }));
  expect(body.filename).toBe(filename);
});

test.each(['model/vnd.mts', 'application/x-unheard-of', 'binary/octet-stream', ''])(
  'what is declared as %s is what probing finds',
  async (type) => {
    const emulator = await emulate();
    const image = new Uint8Array(readFileSync(sampleImage));
    const { body } = await createSettled(emulator, direct(image, 'x', {}, type));
    expect(body).toMatchObject({ status: 'ready', file_type: 'image/jpeg' });
  },
);

test("the file's own name is the default, unescaped", async () => {
  const emulator = await emulate();
  const image = new Uint8Array(readFileSync(sampleImage));
  const { body } = await createSettled(emulator, direct(image, 'a "b" 🎬.jpg'));
  expect(body.filename).toBe('a "b" 🎬.jpg');
});

test('the journal contains the form in order, the body, and the key only as a flag', async () => {
  const emulator = await emulate({ apiKeys: ['tlk_secret'] });
  const form = directFile(sampleImage, { filename: 'x.jpg', user_metadata: '{"a":1,"b":null,"c":""}' });
  const { body } = await createSettled(emulator, form);
  expect(body.user_metadata).toEqual({ a: 1 });
  const [entry] = emulator.requests();
  expect(entry).toMatchObject({
    sequence: 1,
    method: 'POST',
    path: '/v1.3/assets',
    has_api_key: true,
    status: 201,
    aborted: false,
    body: { complete: true, size: Number(entry?.headers['content-length']) },
    form: [
      { name: 'method', value: 'direct' },
      {
        name: 'file',
        filename: 'image.jpg',
        content_type: 'image/jpeg',
        size: readFileSync(sampleImage).length,
        sha256: createHash('sha256').update(readFileSync(sampleImage)).digest('hex'),
      },
      { name: 'filename', value: 'x.jpg' },
      { name: 'user_metadata', value: '{"a":1,"b":null,"c":""}' },
    ],
  });
  await call(emulator, 'GET', '/assets?filename=tlk_secret', undefined, { 'x-other': 'tlk_secret' });
  await call(emulator, 'GET', '/assets', undefined, { 'x-api-key': 'tlk_someone_elses' });
  expect(JSON.stringify(emulator.requests())).not.toMatch(/tlk_secret|tlk_someone/);
});

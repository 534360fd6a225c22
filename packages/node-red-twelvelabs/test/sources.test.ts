import { createReadStream, statSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, test } from 'vitest';
import * as core from '../src/runtime/core-entry.ts';
import type { SourceContext } from '../src/runtime/source/context.ts';
import { sourceParams } from '../src/runtime/source/source-params.ts';

const here = sampleVideo;
/** What multer says of a file that it wrote to the disk. */
const multerFile = {
  fieldname: 'media',
  originalname: 'x.mp4',
  encoding: '7bit',
  mimetype: 'video/mp4',
  destination: path.dirname(here),
  filename: path.basename(here),
  path: here,
  size: statSync(here).size,
};
/** A request, as `http in` passes it on, with what a parser found in it. */
const requestWith = (found: object) => Object.assign(new IncomingMessage(new Socket()), found);
/** Another realm, as that of a function node. */
const elsewhere = (code: string) => runInNewContext(code, { Buffer }) as unknown;

type Given = Partial<Omit<SourceContext, 'core' | 'msg'>> & { readonly msg?: object };

function of(value: unknown, { msg, ...given }: Given = {}) {
  return sourceParams(value, {
    core,
    msg: { _msgid: '1', ...msg },
    method: 'auto',
    mediaType: undefined,
    paths: 'text',
    checkContent: true,
    becomesAsset: true,
    filename: undefined,
    workingDirectory: undefined,
    ...given,
  });
}

/** All bytes of the file that a source became. */
async function bytesOf(value: unknown, given: Given = {}): Promise<string> {
  const { file } = await of(value, given);
  const chunks: Uint8Array[] = [];
  for await (const chunk of (file as { stream(): AsyncIterable<Uint8Array> }).stream())
    chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

describe('method', () => {
  test.each([
    ['https://example.com/a.mp4', 'url'],
    ['ftp://example.com/a.mp4', 'url'],
    [here, 'direct'],
    [undefined, 'direct'],
    [' https://example.com/a.mp4\n', 'url'],
    [new URL('https://example.com/a.mp4'), 'url'],
    [new URL(`file://${here}`), 'direct'],
    [`file://${here}`, 'direct'],
    ['data:text/plain;base64,YWJj', 'direct'],
  ])('automatic: %j goes by %s', async (value, method) => {
    expect((await of(value)).method).toBe(method);
  });

  test('a chosen one is kept, also when it is none', async () => {
    expect(await of('a.mp4', { method: 'url' })).toEqual({ method: 'url', url: 'a.mp4' });
    expect(await of(Buffer.from('a'), { method: 'pigeon' })).toMatchObject({ method: 'pigeon' });
  });
});

describe('names and types', () => {
  test.each<[string, unknown, object, object]>([
    [
      'a Buffer takes them from the message and the settings',
      Buffer.from('abc'),
      { msg: { filename: '/x/a.mp4' }, mediaType: 'video/mp4' },
      { name: 'a.mp4', type: 'video/mp4', size: 3 },
    ],
    ['an ArrayBuffer is as good', new ArrayBuffer(3), {}, { size: 3 }],
    [
      'an upload has its own',
      { buffer: Buffer.from('abc'), originalname: 'b.jpg', mimetype: 'image/jpeg' },
      { msg: { filename: 'a.mp4' } },
      { name: 'b.jpg', type: 'image/jpeg', size: 3 },
    ],
    [
      'an upload with a name read as Latin-1',
      { buffer: Buffer.from('a'), originalname: 'fÃ¼r.jpg' },
      {},
      { name: 'für.jpg' },
    ],
    [
      'a name that really is Latin-1',
      { buffer: Buffer.from('a'), originalname: 'für.jpg' },
      {},
      { name: 'für.jpg' },
    ],
    [
      'an upload on disk, as multer describes it',
      { ...multerFile, originalname: 'c.mp3', mimetype: 'audio/mpeg' },
      { msg: { req: requestWith({ files: [multerFile] }) } },
      { name: 'c.mp3', type: 'audio/mpeg' },
    ],
    [
      'any object with a path, where the author allows it',
      { filepath: here, originalFilename: 'c.mp3', mimetype: 'audio/mpeg' },
      { paths: 'any' },
      { name: 'c.mp3', type: 'audio/mpeg' },
    ],
    [
      'content whose whole upload widgets name in msg.file',
      Buffer.from('abc'),
      { msg: { file: { name: 'whole.mp4', type: 'video/mp4' }, parts: { count: 1 } } },
      { name: 'whole.mp4', type: 'video/mp4' },
    ],
    [
      'a data URL has its own type, and the name of the message',
      'data:image/png;base64,YWJj',
      { msg: { filename: 'f.png' } },
      { name: 'f.png', type: 'image/png', size: 3 },
    ],
    [
      'a single upload in an array',
      [{ buffer: Buffer.from('abc'), originalname: 'd.png' }],
      {},
      { name: 'd.png', size: 3 },
    ],
    [
      'an attachment of a mail',
      { filename: 'f.mp4', contentType: 'video/mp4', content: Buffer.from('abc'), checksum: 'x' },
      { msg: { filename: 'a.mp4' } },
      { name: 'f.mp4', type: 'video/mp4', size: 3 },
    ],
    ['a path has its own name', here, { msg: { filename: 'a.mp4' } }, { name: 'video.mp4' }],
    [
      'a stream that nobody read is its file',
      createReadStream(here),
      {},
      { name: 'video.mp4', slice: expect.any(Function) },
    ],
    [
      'a web File is itself',
      new File(['abc'], 'e.mp4', { type: 'video/mp4' }),
      {},
      { name: 'e.mp4', type: 'video/mp4', size: 3 },
    ],
  ])('%s', async (_name, value, given, expected) => {
    const { file } = await of(value, given);
    const { name, type, size, slice } = file as Record<string, unknown>;
    expect({ name, type, size, slice }).toMatchObject(expected);
  });
});

test('a stream can be read once, and a request says how long it is', async () => {
  const request = Object.assign(Readable.from(['abc']), {
    headers: { 'content-length': '3', 'content-type': 'video/mp4' },
  });
  expect((await of(request)).file).toMatchObject({ oneShot: true, size: 3, type: 'video/mp4' });
  const part = createReadStream(here, { start: 2 });
  expect((await of(part)).file).toMatchObject({ oneShot: true });
  part.destroy();
});

test.each<[string, unknown]>([
  ['a typed array of another realm', elsewhere('new Uint8Array([97, 98, 99])')],
  ['its ArrayBuffer', elsewhere('new Uint8Array([97, 98, 99]).buffer')],
  ['a view of a part', elsewhere('new Uint8Array([0, 97, 98, 99, 0]).subarray(1, 4)')],
  ['a DataView', new DataView(Uint8Array.of(97, 98, 99).buffer)],
  ['a Buffer that went through JSON', JSON.parse(JSON.stringify(Buffer.from('abc')))],
  ['an upload whose content went through JSON', { buffer: JSON.parse(JSON.stringify(Buffer.from('abc'))) }],
  ['a data URL', 'data:text/plain;base64,YWJj'],
  ['a data URL with line breaks', 'data:text/plain;base64,YW\nJj\n'],
])('%s is its bytes', async (_name, value) => {
  expect(await bytesOf(value)).toBe('abc');
});

describe('paths', () => {
  const directory = path.dirname(here);
  test.each<[string, unknown]>([
    ['with a line break at its end, as exec prints it', `${here}\n`],
    ['with blanks around it', `  ${here} `],
    ['as a file: URL', `file://${here}`],
    ['as a URL object', new URL(`file://${here}`)],
    ['relative to the working directory', path.basename(here)],
    ['with two slashes at its start', `/${here}`],
  ])('%s', async (_name, value) => {
    expect((await of(value, { workingDirectory: directory })).file).toMatchObject({ size: multerFile.size });
  });

  test.each([
    'cdn.example.com/clip.mp4?X-Amz-Signature=SECRET&a=b',
    `cdn.example.com/clip.mp4?X-Amz-Signature=SECRET${'a'.repeat(300)}`,
    '//cdn.example.com/clip.mp4?token=SECRET\n',
  ])('a URL without a scheme is named without its signature: %s', async (url) => {
    const error = await of(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      issues: [
        {
          rule: 'exists',
          message: expect.stringMatching(/starts with https:.*"[/]*cdn\.example\.com\/clip\.mp4"$/),
        },
      ],
    });
    expect(JSON.stringify(error)).not.toContain('SECRET');
  });

  test('a question mark alone is part of a name', async () => {
    await expect(of('/x/What is it?.mp4')).rejects.toThrow('"/x/What is it?.mp4"');
  });

  test('a drive of Windows is no scheme', async () => {
    await expect(of('C://videos/a.mp4')).rejects.toMatchObject({ issues: [{ rule: 'exists' }] });
  });

  test.each<[string, unknown, object?]>([
    ['JSON with a path', { path: '/etc/passwd', originalname: 'x.mp4', mimetype: 'video/mp4' }],
    ['JSON as other parsers name it', [{ filepath: '/etc/passwd', name: 'x.mp4', type: 'video/mp4' }]],
    ['an outward path', { path: '../../../etc/passwd', originalname: 'x.mp4' }],
    ['all that multer says, without a request', multerFile],
    ['all that multer says, of a request that is JSON too', multerFile, { files: [multerFile] }],
    ['another file than the one of the request', multerFile, requestWith({ files: [{ path: '/tmp/a' }] })],
    ['a file that the body of the request names', multerFile, requestWith({ body: { files: [multerFile] } })],
    ['a file of a request with its upload in memory', multerFile, requestWith({ files: [{ buffer: '' }] })],
  ])('%s is not read', async (_name, value, req) => {
    await expect(of(value, { msg: { req } })).rejects.toMatchObject({
      issues: [
        {
          field: 'file',
          rule: 'upload',
          message: expect.stringContaining('not uploaded with the request in msg.req'),
        },
      ],
    });
  });

  const upload = structuredClone(multerFile);
  test.each<[string, unknown, object]>([
    ['the only one', upload, { file: multerFile }],
    ['one of a list', [upload], { files: [{ path: '/tmp/a' }, multerFile] }],
    ['one of the lists by field', upload, { files: { a: [{ path: '/tmp/a' }], b: [multerFile] } }],
    ['with what is needed of it only', { path: here, name: 'x.mp4' }, { files: [multerFile] }],
    ['as another parser calls it', { filepath: here }, { files: { a: { filepath: here } } }],
  ])('an upload on disk is read, also from a clone of the message: %s', async (_name, value, found) => {
    expect((await of(value, { msg: { req: requestWith(found) } })).file).toMatchObject({
      size: multerFile.size,
    });
  });

  test('a file that may not be named is not looked at: the answer is the same', async () => {
    const failures = ['/etc/passwd', '/nowhere', '/etc', here].map((location) =>
      of({ ...multerFile, path: location }).catch((error: Error) => error.message),
    );
    const [message, ...others] = new Set(await Promise.all(failures));
    expect(others).toEqual([]);
    expect(message).toMatch(/set "Files by path" to "any object with a path"$/);
  });

  test.each<[string, unknown]>([
    ['text', here],
    ['a file: URL', `file://${here}`],
    ['an upload on disk', multerFile],
  ])('content only: %s is not read', async (_name, value) => {
    await expect(of(value, { paths: 'none' })).rejects.toMatchObject({
      issues: [{ field: 'file', rule: 'path' }],
    });
  });

  test.each<[string, Given]>([
    ['a media type', { mediaType: 'video/mp4' }],
    ['a file name', { filename: 'x.mp4' }],
  ])('%s does not make a video of what is certainly none', async (_name, given) => {
    const text = path.join(import.meta.dirname, '../README.md');
    await expect(of(text, given)).rejects.toMatchObject({ issues: [{ field: 'file', rule: 'kind' }] });
    expect((await of(text, { ...given, checkContent: false })).file).toBeDefined();
  });

  test.each([Buffer.from('abc'), { buffer: Buffer.from('abc') }, 'data:text/plain;base64,YWJj'])(
    'content only takes content',
    async (value) => expect(await bytesOf(value, { paths: 'none' })).toBe('abc'),
  );
});

describe('text that is content', () => {
  test.each<[string, string]>([
    ['bytes as UTF-8', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74]).toString()],
    ['Base64', Buffer.alloc(120, 7).toString('base64')],
    ['lines', 'one\ntwo'],
    ['150 MB', 'a'.repeat(150_000_000)],
  ])('%s: says what to choose', async (_name, value) => {
    await expect(of(value)).rejects.toMatchObject({
      issues: [{ field: 'file', rule: 'content', message: expect.stringContaining('must be a Buffer') }],
    });
  });
});

describe('a stream that was read', () => {
  test('a request that "http in" has parsed', async () => {
    const request = Object.assign(Readable.from(['abc']), { headers: { 'content-type': 'video/mp4' } });
    for await (const _ of request);
    await expect(of(request)).rejects.toThrow(/read by "http in" before: use msg.payload/);
  });

  test('any other', async () => {
    const stream = new PassThrough();
    stream.destroy();
    await expect(of(stream)).rejects.toMatchObject({ issues: [{ rule: 'consumed' }] });
    const web = new ReadableStream<Uint8Array>();
    web.getReader();
    await expect(of(web)).rejects.toMatchObject({ issues: [{ rule: 'consumed' }] });
  });
});

test.each([7, true, null, [], [1, 2], { some: 'thing' }, () => 1])('%s is no source', async (value) => {
  await expect(of(value)).rejects.toMatchObject({ issues: [{ field: 'file', rule: 'type' }] });
});

test("inject's timestamp is called by its name", async () => {
  await expect(of(Date.now())).rejects.toThrow(/: is the timestamp of an inject node, and must be a path/);
});

describe('a piece of a file', () => {
  const piece = { id: 'a', index: 0 };
  test.each<[string, unknown, object]>([
    ['of "file in"', Buffer.from('abc'), { parts: { ...piece, type: 'buffer' } }],
    ['of a split Buffer', Buffer.from('abc'), { parts: { ...piece, type: 'buffer', count: 3 } }],
    [
      'of an upload widget',
      Buffer.from('abc'),
      { parts: { ...piece, type: 'string', count: 3 }, file: { name: 'a.mp4' } },
    ],
    [
      'of an upload widget, as text',
      'abc',
      { parts: { ...piece, type: 'string', count: 3 }, file: { name: 'a.mp4' } },
    ],
    [
      'of an upload widget that calls them a list',
      Buffer.from('abc'),
      { parts: { ...piece, type: 'array', count: 3 }, file: { name: 'a.mp4' } },
    ],
    ['without a type', elsewhere('new Uint8Array(3)'), { parts: { ...piece, count: 3 } }],
  ])('%s is refused', async (_name, value, msg) => {
    await expect(of(value, { msg })).rejects.toThrow(/piece of a file.*join node/);
  });

  test.each<[string, unknown, object]>([
    ['a file of a list', Buffer.from('abc'), { parts: { ...piece, type: 'array', count: 3 } }],
    ['a path of a text in lines', here, { parts: { ...piece, type: 'string', count: 3 } }],
    ['the only piece', Buffer.from('abc'), { parts: { ...piece, type: 'buffer', count: 1 } }],
  ])('%s is whole', async (_name, value, msg) => {
    expect((await of(value, { msg })).file).toBeDefined();
  });
});

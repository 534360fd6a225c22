import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import * as core from '../src/runtime/core-entry.ts';
import { sourceParams } from '../src/runtime/sources.ts';

const here = import.meta.filename;

function of(
  value: unknown,
  { method = 'auto', mediaType, filename }: { method?: string; mediaType?: string; filename?: string } = {},
) {
  const msg = { _msgid: '1', ...(filename ? { filename } : {}) };
  return sourceParams(value, { core, msg, method, mediaType, workingDirectory: undefined });
}

describe('method', () => {
  test.each([
    ['https://example.com/a.mp4', 'url'],
    ['ftp://example.com/a.mp4', 'url'],
    [here, 'direct'],
    [undefined, 'direct'],
    [7, 'direct'],
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
      { filename: '/x/a.mp4', mediaType: 'video/mp4' },
      { name: 'a.mp4', type: 'video/mp4', size: 3 },
    ],
    ['an ArrayBuffer is as good', new ArrayBuffer(3), {}, { size: 3 }],
    [
      'an upload has its own',
      { buffer: Buffer.from('abc'), originalname: 'b.jpg', mimetype: 'image/jpeg' },
      { filename: 'a.mp4' },
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
      'an upload on disk',
      { path: here, originalname: 'c.mp3', mimetype: 'audio/mpeg' },
      {},
      { name: 'c.mp3', type: 'audio/mpeg' },
    ],
    [
      'a single upload in an array',
      [{ buffer: Buffer.from('abc'), originalname: 'd.png' }],
      {},
      { name: 'd.png', size: 3 },
    ],
    ['a path has its own name', here, { filename: 'a.mp4' }, { name: 'sources.test.ts' }],
    [
      'a stream that nobody read is its file',
      createReadStream(here),
      {},
      { name: 'sources.test.ts', slice: expect.any(Function) },
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

test.each([7, true, null, [], [1, 2], { some: 'thing' }])(
  '%j goes on to core as it is, which says what it got',
  async (value) => {
    expect(await of(value)).toEqual({ method: 'direct', file: value });
  },
);

test('a piece of a file, as "file in" sends it in its stream mode, is refused', async () => {
  const msg = { _msgid: '1', parts: { id: 'a', index: 0, type: 'buffer' } };
  const context = { core, msg, method: 'auto', mediaType: undefined, workingDirectory: undefined };
  await expect(sourceParams(Buffer.from('abc'), context)).rejects.toThrow(/piece of a file.*single Buffer/);
});

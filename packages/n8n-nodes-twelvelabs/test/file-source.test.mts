import { Readable } from 'node:stream';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { binaryFile } from '../nodes/host/file-source';

const bytes = Buffer.from(Array.from({ length: 1_500_007 }, (_, index) => (index * 131) % 251));
const described = { mimeType: 'video/mp4', fileName: 'a.mp4' };

async function read(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The two helpers of n8n that a stored file needs. */
function contextOf(make: () => Readable): IExecuteFunctions {
  const helpers = {
    getBinaryMetadata: async () => ({ fileSize: bytes.length }),
    getBinaryStream: async () => make(),
  };
  return { helpers } as unknown as IExecuteFunctions;
}

describe('a file in memory', () => {
  const inMemory = (data = bytes.toString('base64'), more: Partial<IBinaryData> = {}) =>
    binaryFile({} as IExecuteFunctions, { data, ...described, ...more }, 'data');

  it('is whole, as often as it is read, and has its size', async () => {
    const file = await inMemory();
    expect(file).toMatchObject({ name: 'a.mp4', type: 'video/mp4', size: bytes.length });
    for (const _ of [1, 2])
      expect((await read(file.stream() as AsyncIterable<Uint8Array>)).equals(bytes)).toBe(true);
  });

  it.each([
    [0, 1],
    [1, 2],
    [0, 3],
    [2, 1_000_001],
    [524_287, 524_290],
    [1_500_000, 1_500_007],
    [5, 5],
    [1_500_006, 9_999_999],
  ])('gives the bytes from %i to %i', async (start, end) => {
    const part = (await inMemory()).slice?.(start, end).stream() as AsyncIterable<Uint8Array>;
    expect((await read(part)).equals(bytes.subarray(start, end))).toBe(true);
  });

  it.each([0, 1, 2, 3, 4])('of %i bytes has that size', async (length) => {
    const file = await inMemory(bytes.subarray(0, length).toString('base64'));
    expect(file.size).toBe(length);
    expect(await read(file.stream() as AsyncIterable<Uint8Array>)).toHaveLength(length);
  });

  it('has no type where n8n only guessed one, and no name where there is none', async () => {
    expect(await inMemory('AAAA', { mimeType: 'text/plain', fileName: '' })).toMatchObject({
      type: undefined,
      name: undefined,
    });
  });
});

describe('a file that a node put together', () => {
  const described = (more: object) =>
    binaryFile({} as IExecuteFunctions, { data: 'AAAA', mimeType: '', ...more } as IBinaryData, 'data');
  const refusal = (more: object) => described(more).then(String, (error: Error) => error.message);

  it('has the extension that it says', async () => {
    expect(await described({ fileExtension: 'm4a' })).toMatchObject({ name: 'file.m4a' });
    expect(await described({ fileExtension: 'm4a', fileType: 'audio' })).toMatchObject({ name: 'audio.m4a' });
    expect(await described({ fileExtension: 'm4a', fileName: 'a.mp3' })).toMatchObject({ name: 'a.mp3' });
    for (const fileExtension of ['', 'bin', 'txt'])
      expect(await described({ fileExtension })).toMatchObject({ name: undefined });
  });

  it('may have a number as its name', async () => {
    expect(await described({ fileName: 2024 })).toMatchObject({ name: '2024' });
  });

  it.each(['fileName', 'mimeType'])('is refused with a %s that is no text', async (property) => {
    expect(await refusal({ [property]: ['video/mp4'] })).toBe(
      `file: ${property} of binary field "data" must be text (got array of 1 item)`,
    );
  });

  it.each(['azure', 'database', 'default', 'filesystem', 'filesystem-v2', 's3', 'filesystem-v2:workflows/1'])(
    'is refused where it only names the storage: %s',
    async (data) => {
      expect(await refusal({ data })).toMatch(/^file: binary field "data" only names a storage of n8n/);
    },
  );
});

describe('a stored file', () => {
  it('is streamed whatever the chunks, and closed when it was not read to its end', async () => {
    const opened: Readable[] = [];
    const file = await binaryFile(
      contextOf(() => {
        const stream = Readable.from([
          bytes.subarray(0, 7),
          bytes.subarray(7, 70_000),
          bytes.subarray(70_000),
        ]);
        opened.push(stream);
        return stream;
      }),
      { data: 'filesystem-v2', id: 'filesystem-v2:x', ...described },
      'data',
    );
    expect(file.size).toBe(bytes.length);
    expect((await read(file.stream() as AsyncIterable<Uint8Array>)).equals(bytes)).toBe(true);
    const half = (file.stream() as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    await half.next();
    const left = (file.stream() as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    await left.next();
    await half.return?.(undefined);
    file.close();
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  });
});

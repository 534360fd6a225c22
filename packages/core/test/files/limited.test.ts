import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { FileSource } from '../../src/index.ts';
import { usePlatform } from '../support/platform.ts';

const platform = usePlatform();
const used = new Blob(['x']).stream();
used.getReader();

/** Sources that are wrong in a way that only reading them shows. */
const SOURCES: readonly (readonly [what: string, stream: () => unknown])[] = [
  ['gives nothing', () => undefined],
  ['gives a text', () => 'text'],
  ['gives a list', () => [new Uint8Array(9)]],
  [
    'throws when it is opened',
    () => {
      throw new Error('used before');
    },
  ],
  ['gives a stream that somebody else reads', () => used],
  ['gives texts', () => Readable.from(['some text'])],
  ['gives objects', () => Readable.from([{ a: 1 }])],
  [
    'gives numbers',
    async function* () {
      yield 7;
    },
  ],
  [
    'gives nothing in between',
    async function* () {
      yield new Uint8Array(9);
      yield undefined;
    },
  ],
];

describe.each(SOURCES)('a source that %s', (_, stream) => {
  const file = { name: 'clip.mp4', type: 'video/mp4', stream } as FileSource;

  it.each(['auto', 'direct', 'multipart'] as const)(
    'is an error that is about the file, by %s',
    async (upload) => {
      for (const size of [undefined, 9 * 1024 ** 2]) {
        const created = platform
          .client()
          .client.create({ method: 'direct', file: { ...file, size } }, { upload });
        await expect(created).rejects.toMatchObject({ code: 'file_read' });
      }
      expect(platform.emulator.requests()).toEqual([]);
    },
  );

  it('is one in a search and in an embedding as well', async () => {
    const { client } = platform.account();
    const found = client.search.query({ index_id: 'i', search_options: ['visual'], query_media_file: file });
    await expect(found).rejects.toMatchObject({ code: 'file_read' });
    const embedded = client.embeddings.create({ input_type: 'image', image: { media_source: { file } } });
    await expect(embedded).rejects.toMatchObject({ code: 'file_read' });
  });
});

it('a source may give bytes of any kind', async () => {
  const piece = Buffer.from('\x89PNG\r\n\x1a\n0123456789', 'latin1');
  const pieces = [piece, new Uint8Array(piece).buffer, new DataView(new ArrayBuffer(4)), piece.toJSON()];
  const file = { name: 'a.png', stream: () => Readable.from(pieces) } as FileSource;
  const { size } = await platform.client().client.plan({ method: 'direct', file });
  expect(size).toBe(3 * piece.length + 4);
});

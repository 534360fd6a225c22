import { readFile } from 'node:fs/promises';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createEmbedding,
  createEmbeddingTask,
  type FileSource,
  fileFromBuffer,
  type Operation,
  search,
  searchAll,
} from '../src/index.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform();
const IMAGE = 'must be an image';
const TIMED = 'must be audio or a video';

/** Every place of a file in a request, and what it has to be. */
const PLACES: readonly (readonly [
  string,
  Operation<unknown> | typeof searchAll,
  string,
  (file: unknown) => object,
])[] = [
  ['a search', search, 'query_media_file', (file) => query({ query_media_file: file })],
  [
    'a list in a search',
    searchAll,
    'query_media_file.1',
    (file) => query({ query_media_file: [image(), file] }),
  ],
  ['an image', createEmbedding, 'image.media_source.file', (file) => embedding('image', file)],
  [
    'an image with a text',
    createEmbedding,
    'text_image.media_source.file',
    (file) => ({ ...embedding('text_image', file, { input_text: 'x' }) }),
  ],
  [
    'several images',
    createEmbedding,
    'multi_input.media_sources.0.file',
    (file) => ({ input_type: 'multi_input', multi_input: { media_sources: [{ file }] } }),
  ],
  ['audio', createEmbedding, 'audio.media_source.file', (file) => embedding('audio', file)],
  ['a video', createEmbeddingTask, 'video.media_source.file', (file) => embedding('video', file)],
];

function query(images: object): object {
  return { index_id: '0'.repeat(24), search_options: ['visual'], ...images };
}
function embedding(input_type: string, file: unknown, more: object = {}): object {
  return { input_type, [input_type]: { media_source: { file }, ...more } };
}

const bytes: Record<'image' | 'audio' | 'video', Buffer> = {
  image: Buffer.alloc(0),
  audio: Buffer.alloc(0),
  video: Buffer.alloc(0),
};
beforeAll(async () => {
  bytes.image = await readFile(sampleImage);
  bytes.audio = await readFile(sampleAudio);
  bytes.video = await readFile(sampleVideo);
});
const image = () => fileFromBuffer(bytes.image, { name: 'a.jpg' });

/** A source that cannot seek, and counts what is read of it. */
function counted(
  content: Uint8Array,
  oneShot = false,
): { file: FileSource; read(): number; opened(): number } {
  let read = 0;
  let opened = 0;
  const file = {
    name: 'a.jpg',
    oneShot,
    async *stream() {
      opened++;
      for (let at = 0; at < content.byteLength; at += 16_384) {
        const piece = content.subarray(at, at + 16_384);
        read += piece.byteLength;
        yield piece;
      }
    },
  };
  return { file, read: () => read, opened: () => opened };
}

async function refused(
  operation: (typeof PLACES)[number][1],
  params: unknown,
  options = {},
): Promise<unknown> {
  const { client } = platform.account();
  const running =
    'run' in operation
      ? client.call(operation, params, options)
      : client.iterate(operation, params, options).next();
  return running.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe.each(PLACES)('a file of %s', (_name, operation, field, params) => {
  const isImage = !/audio|video/.test(field);
  const expected = isImage ? IMAGE : TIMED;

  it.each<[string, () => Uint8Array, string, string]>([
    ['is empty', () => new Uint8Array(), 'empty', 'must not be empty'],
    ['is a PDF', () => Buffer.from('%PDF-1.7\n'), 'kind', expected],
    [
      'is a web page',
      () => Buffer.from('<!doctype html><html><body>Sign in</body></html>'),
      'kind',
      expected,
    ],
    ['is of another kind', () => (isImage ? bytes.video : bytes.image), 'kind', expected],
  ])('that %s is refused before anything is sent', async (_what, content, rule, message) => {
    const file = fileFromBuffer(content(), { name: 'a.jpg' });
    const issue = { field, rule, message: expect.stringContaining(message) };
    expect(await operation.check(params(file))).toMatchObject([issue]);
    expect(await refused(operation, params(file))).toMatchObject({ code: 'validation', issues: [issue] });
    expect(platform.emulator.requests()).toEqual([]);
    if (rule === 'kind') expect(await operation.check(params(file), { checkContent: false })).toEqual([]);
  });

  it('is read no further than its head for a check, and not at all when it can be read only once', async () => {
    const long = new Uint8Array(1024 ** 2);
    const again = counted(long);
    expect(await operation.check(params(again.file))).toEqual([]);
    expect(again.read()).toBeLessThanOrEqual(64 * 1024 + 16_384);
    const once = counted(long, true);
    await operation.check(params(once.file));
    expect(once.opened()).toBe(0);
  });
});

it('is sent whole after its head was read, also when it can be read only once', async () => {
  const { file, opened } = counted(bytes.image, true);
  const { client } = platform.account();
  const { data } = await client.embeddings.create({ input_type: 'image', image: { media_source: { file } } });
  expect(data[0]?.embedding).toHaveLength(512);
  expect(opened()).toBe(1);
});

it('is checked together with all other parameters', async () => {
  const file = fileFromBuffer(Buffer.from('%PDF-1.7\n'));
  const fields = (await search.check({ search_options: [], query_media_file: file })).map(
    (issue) => issue.field,
  );
  expect(fields.sort()).toEqual(['index_id', 'query_media_file', 'search_options']);
  expect(await refused(search, { search_options: [], query_media_file: file })).toMatchObject({
    issues: expect.arrayContaining([expect.objectContaining({ field: 'query_media_file' })]),
  });
});

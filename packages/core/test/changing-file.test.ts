import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ByteStream, FileSource, StreamOptions } from '../src/index.ts';
import { fileFromPath } from '../src/node/index.ts';
import { fileType, movie, videoTrack } from './support/container-heads.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform({ chunkSize: 1024 * 1024 });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'core-changing-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file that grows once its first piece was read for the upload. */
async function growing(): Promise<FileSource> {
  const path = join(folder, 'growing.mp4');
  await writeFile(path, Buffer.concat([fileType('isom'), movie(videoTrack), Buffer.alloc(3 * 1024 ** 2)]));
  const file = await fileFromPath(path);
  let inspected = false;
  async function* grown(stream: ByteStream) {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      yield piece;
      if (inspected) await appendFile(path, 'more');
      inspected = true;
    }
  }
  return {
    ...file,
    stream: (options?: StreamOptions) => grown(file.stream(options)),
    slice: (start, end) => ({
      stream: (options) => grown(file.slice?.(start, end).stream(options) ?? new Blob([]).stream()),
    }),
  };
}

it.each(['direct', 'multipart'] as const)(
  'a file that changes during a %s upload is not taken for whole',
  async (upload) => {
    const created = platform.client().client.create({ method: 'direct', file: await growing() }, { upload });
    await expect(created).rejects.toMatchObject({
      code: 'file_read',
      problem: expect.stringMatching(/was changed after the upload began/),
    });
    expect((await platform.client().client.list()).data.filter(({ status }) => status === 'ready')).toEqual(
      [],
    );
  },
);

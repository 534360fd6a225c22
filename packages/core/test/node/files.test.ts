import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdtemp,
  readdir,
  readlink,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ByteStream, FileSource } from '../../src/index.ts';
import { fileFromBuffer, fileFromPath } from '../../src/node/index.ts';
import { thrownBy } from '../support/thrown.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'core-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const CHANGED = { code: 'file_read', message: expect.stringMatching(/was changed after the upload began/) };

/** Larger than what is read at a time, and no multiple of it. */
const content = Buffer.alloc(1_500_001).map((_, index) => (index * 7919) % 251);

async function bytes(stream: ByteStream): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function written(name: string, data: Uint8Array = content): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, data);
  return path;
}

function pipe(): string {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

describe('fileFromPath', () => {
  it('tells name, size and time', async () => {
    const path = await written('clip ü.mp4');
    await utimes(path, 1_700_000_000, 1_700_000_000);
    expect(await fileFromPath(path)).toMatchObject({
      name: 'clip ü.mp4',
      size: content.length,
    });
  });

  it.each([
    ['no such file', () => join(folder, 'missing.mp4')],
    ['a file in the place of a folder', async () => join(await written('plain'), 'below.mp4')],
    ['a directory', () => mkdtemp(join(folder, 'directory-'))],
    ['a named pipe', () => pipe()],
    ['a device', () => '/dev/null'],
    ['an empty path', () => ''],
    ['half a path', () => 'clip\0.mp4'],
    ['no path', () => 7 as unknown as string],
  ])('refuses %s, saying so', async (_, pathOf) => {
    const path = await pathOf();
    const refused = fileFromPath(path);
    await expect(refused).rejects.toMatchObject({
      code: 'validation',
      message: expect.stringMatching(/^file: .*(existing|regular|path of a file).* \(got /),
    });
  });

  it('refuses a file that may not be read', async () => {
    const path = await written('secret.mp4');
    execFileSync('chmod', ['000', path]);
    execFileSync('chmod', ['755', folder]);
    const root = process.geteuid?.() === 0;
    // Root may read everything.
    if (root) process.seteuid?.(65_534);
    try {
      const refused = fileFromPath(path);
      await expect(refused).rejects.toMatchObject({
        code: 'file_read',
        message: expect.stringMatching(/secret\.mp4" can not be read \(EACCES\)/),
      });
    } finally {
      if (root) process.seteuid?.(0);
    }
  });

  it.each([
    ['grew', (path: string) => appendFile(path, 'x')],
    ['shrank', (path: string) => truncate(path, 10)],
    ['was rewritten', (path: string) => utimes(path, 1, 1)],
  ])('does not send a file that %s', async (_, change) => {
    const path = await written('changing.mp4');
    const file = await fileFromPath(path);
    await change(path);
    await expect(bytes(file.stream())).rejects.toMatchObject(CHANGED);
  });

  it('is refused when it changes while it is read, before its last bytes leave', async () => {
    for (const change of [(path: string) => appendFile(path, 'x'), (path: string) => utimes(path, 1, 1)]) {
      const path = await written('growing.mp4');
      const stream = (await fileFromPath(path)).stream() as AsyncGenerator<Uint8Array>;
      let seen = (await stream.next()).value.byteLength;
      await change(path);
      const rest = async () => {
        for await (const piece of stream) seen += piece.byteLength;
      };
      await expect(rest()).rejects.toMatchObject(CHANGED);
      expect(seen).toBeLessThan(content.length);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'never waits for a named pipe that took the place of the file',
    async () => {
      const path = await written('swapped.mp4');
      const file = await fileFromPath(path);
      await rm(path);
      execFileSync('mkfifo', [path]);
      // More than there are threads for files: were one of these to wait, nothing else could be read.
      const reads = Array.from({ length: 8 }, () =>
        expect(bytes(file.stream())).rejects.toMatchObject(CHANGED),
      );
      await Promise.all(reads);
      expect((await stat(folder)).isDirectory()).toBe(true);
    },
  );

  it.each([
    ['a file: URL', (path: string) => pathToFileURL(path)],
    ['a file: URL of another realm', (path: string) => ({ href: pathToFileURL(path).href }) as URL],
    ['a file: URL as a text', (path: string) => pathToFileURL(path).href],
    ['a Buffer', (path: string) => Buffer.from(path)],
    ['a path from the working directory', (path: string) => relative(process.cwd(), path)],
    ['a path with slashes and dots to spare', (path: string) => path.replace(/\//g, '//./')],
    ['a path with a line break behind', (path: string) => `${path}\n`],
    ['a path with white space around', (path: string) => ` ${path}\r\n`],
  ])('takes %s', async (_, given) => {
    const file = await fileFromPath(given(await written('clip ü #1 100%.mp4')));
    expect(file).toMatchObject({ name: 'clip ü #1 100%.mp4', size: content.length });
    expect((await bytes(file.stream())).equals(content)).toBe(true);
  });

  it('takes a name that ends with a line break where there is such a file', async () => {
    expect((await fileFromPath(await written('odd.mp4\n'))).name).toBe('odd.mp4\n');
  });

  it.skipIf(process.platform !== 'linux')('takes a path that is no valid Unicode', async () => {
    const path = Buffer.concat([Buffer.from(join(folder, 'caf')), Buffer.from([0xe9]), Buffer.from('.mp4')]);
    await writeFile(path, content);
    expect(await fileFromPath(path)).toMatchObject({ name: 'caf\ufffd.mp4', size: content.length });
  });

  it.each([
    ['a text that is content', 'AAAA'.repeat(100_000), /too long for the path of a file/],
    [
      'a URL that is none of a file',
      new URL('https://example.com/a.mp4'),
      /must be the path of a file, or a file: URL/,
    ],
    [
      'a file: URL of another machine',
      'file://server/a.mp4',
      process.platform === 'win32' ? /existing/ : /file: URL/,
    ],
    ['an object', {} as URL, /must be the path of a file/],
  ])('refuses %s', async (_, given, problem) => {
    const message = expect.stringMatching(problem);
    await expect(fileFromPath(given)).rejects.toMatchObject({ code: 'validation', message });
  });

  it('says that a file is gone', async () => {
    const path = await written('going.mp4');
    const file = await fileFromPath(path);
    await rm(path);
    await expect(bytes(file.stream())).rejects.toMatchObject({
      code: 'file_read',
      message: expect.stringMatching(/going\.mp4" can not be read \(ENOENT\)/),
    });
  });

  it.skipIf(process.platform !== 'linux')(
    'leaves no handle open (read off /proc, which is Linux)',
    async () => {
      const path = await written('handles.mp4');
      const file = await fileFromPath(path);
      const seen: (string | undefined)[] = [];
      const openOnes = async () => {
        const links = (await readdir('/proc/self/fd')).map((fd) =>
          readlink(`/proc/self/fd/${fd}`).catch(() => ''),
        );
        return (await Promise.all(links)).filter((link) => link === path).length;
      };
      // Made and dropped; begun and left; read to the end.
      file.stream();
      for await (const chunk of file.stream() as AsyncIterable<Uint8Array>) {
        seen.push(String(chunk.length));
        expect(await openOnes()).toBe(1);
        break;
      }
      await bytes(file.stream());
      expect(seen).toHaveLength(1);
      expect(await openOnes()).toBe(0);
    },
  );
});

describe.each([
  ['fileFromPath', async () => fileFromPath(await written('read.bin'))],
  ['fileFromBuffer', async () => fileFromBuffer(content)],
])('%s', (_, make) => {
  it('gives its bytes as often as it is asked', async () => {
    const file = await make();
    for (let count = 0; count < 2; count++) expect((await bytes(file.stream())).equals(content)).toBe(true);
  });

  it('gives any range as an array would', async () => {
    const file = await make();
    const offset = fc.integer({ min: 0, max: content.length + 5 });
    await fc.assert(
      fc.asyncProperty(offset, offset, async (start, end) => {
        const slice = await bytes(sliceOf(file, start, end));
        expect(slice.equals(content.subarray(start, Math.max(start, end)))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

function sliceOf(file: FileSource, start: number, end: number): ByteStream {
  if (!file.slice) throw new Error('can not seek');
  return file.slice(start, end).stream();
}

describe('fileFromBuffer', () => {
  it('takes any view, with what is known of the file, and copies nothing', async () => {
    const buffer = new ArrayBuffer(8);
    const view = new DataView(buffer, 2, 4);
    view.setUint32(0, 0x01020304);
    for (const given of [view, new Uint8Array(buffer, 2, 4), buffer.slice(2, 6)]) {
      const file = fileFromBuffer(given, { name: 'a.mp4', type: 'video/mp4' });
      expect(file).toMatchObject({ name: 'a.mp4', type: 'video/mp4', size: 4 });
      expect([...(await bytes(file.stream()))]).toEqual([1, 2, 3, 4]);
    }
    for await (const chunk of fileFromBuffer(view).stream() as AsyncIterable<Uint8Array>) {
      expect(chunk.buffer).toBe(buffer);
    }
  });

  it('hands a large one on in pieces, so that there is progress to see', async () => {
    let pieces = 0;
    for await (const _ of fileFromBuffer(content).stream() as AsyncIterable<Uint8Array>) pieces++;
    expect(pieces).toBeGreaterThan(2);
  });

  it.each(['text', null, 5, [1, 2]])('refuses %j', (given) => {
    expect(thrownBy(() => fileFromBuffer(given as unknown as Uint8Array))).toMatchObject({
      code: 'validation',
    });
  });
});

import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Paths of files that are too large, too empty, or no media. */
export interface MadeFiles extends AsyncDisposable {
  readonly dir: string;
  readonly image6: string;
  readonly video201: string;
  readonly pdf: string;
  readonly text: string;
  readonly empty: string;
}

/** Makes them in a temporary folder; large ones have holes, and take no space. */
export async function makeFiles(): Promise<MadeFiles> {
  const dir = await mkdtemp(join(tmpdir(), 'twelvelabs-proof-'));
  const at = (name: string) => join(dir, name);
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  const mp4 = Buffer.from('\0\0\0\u0018ftypisom', 'latin1');
  await sparse(at('large.jpg'), jpeg, 6 * 1024 ** 2);
  await sparse(at('large.mp4'), mp4, 201 * 1024 ** 2);
  await writeFile(at('paper.pdf'), '%PDF-1.7\n');
  await writeFile(at('notes.txt'), 'no media\n');
  await writeFile(at('empty.mp4'), '');
  return {
    dir,
    image6: at('large.jpg'),
    video201: at('large.mp4'),
    pdf: at('paper.pdf'),
    text: at('notes.txt'),
    empty: at('empty.mp4'),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}

async function sparse(path: string, head: Uint8Array, size: number): Promise<void> {
  await using file = await open(path, 'w');
  await file.write(head);
  await file.truncate(size);
}

import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Found {
  readonly path: string;
  readonly text: string;
  /** How it was written there. */
  readonly form: string;
}

/** The ways in which a text may be written into a file without anybody meaning to. */
export function formsOf(secret: string): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(secret);
  const forms = new Map<string, Buffer>([
    ['plain', bytes],
    ['UTF-16', Buffer.from(secret, 'utf16le')],
    ['hexadecimal', Buffer.from(bytes.toString('hex'))],
  ]);
  // Base64 depends on what stands before: the middle of each of the three alignments.
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    forms.set(`base64, shifted by ${before}`, Buffer.from(encoded.slice(before === 0 ? 0 : 4, -4)));
  }
  return forms;
}

/** Every file below a folder that holds one of the texts, in whatever form; each file is read once. */
export async function searchFolder(
  folder: string,
  ...texts: readonly string[]
): Promise<{ found: Found[]; files: number }> {
  const wanted = texts.flatMap((text) => [...formsOf(text)].map(([form, bytes]) => ({ text, form, bytes })));
  const found: Found[] = [];
  let files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files++;
    for (const { text, form } of await searchFile(path, wanted)) found.push({ path, text, form });
  }
  return { found, files };
}

interface Wanted {
  readonly text: string;
  readonly form: string;
  readonly bytes: Buffer;
}

async function searchFile(path: string, wanted: readonly Wanted[]): Promise<Set<Wanted>> {
  const longest = Math.max(...wanted.map(({ bytes }) => bytes.length));
  const hits = new Set<Wanted>();
  let tail = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1024 ** 2 })) {
      const read = Buffer.concat([tail, piece as Buffer]);
      for (const one of wanted) if (read.includes(one.bytes)) hits.add(one);
      tail = read.subarray(-longest);
    }
  } catch (error) {
    // Sockets of a database that ends, a temporary file that is gone.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return hits;
}

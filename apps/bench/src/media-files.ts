import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';

export const MiB = 1024 ** 2;
export const GiB = 1024 ** 3;

/** A file of real, written bytes that begins as an MP4 does. */
export async function mediaFile(folder: string, bytes: number): Promise<string> {
  const path = join(folder, `media-${bytes / MiB}MiB.mp4`);
  const piece = Buffer.alloc(4 * MiB).map((_, index) => (index * 2_654_435_761) >>> 24);
  const file = await open(path, 'w');
  try {
    for (let at = 0; at < bytes; at += piece.length)
      await file.write(piece, 0, Math.min(piece.length, bytes - at));
    await file.write(Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), 0, 24, 0);
  } finally {
    await file.close();
  }
  return path;
}

/** A file that takes no room: holes read as zeros. */
export async function sparseFile(folder: string, bytes: number): Promise<string> {
  const path = join(folder, `sparse-${bytes / GiB}GiB.mp4`);
  const file = await open(path, 'w');
  try {
    await file.write(Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), 0, 24, 0);
    await file.truncate(bytes);
  } finally {
    await file.close();
  }
  return path;
}

export const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;

import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../store/files.ts';
import type { UploadRecord } from '../store/uploads.ts';

/**
 * Joins the parts of a complete upload into the asset's file. Each part is removed once it is appended, so that the
 * disk never holds the file twice; after a crash the first part that is left tells where to go on.
 */
export async function assemble(files: FileStore, upload: UploadRecord, signal: AbortSignal): Promise<void> {
  const folder = files.chunks(upload.id);
  const whole = join(folder, 'whole');
  const names = await readdir(folder).catch(() => [] as string[]);
  // Nothing left to join: it was done before the crash.
  if (names.length === 0) return;
  const left = names.filter((name) => name !== 'whole').map(Number);
  if (!names.includes('whole')) await rename(files.chunk(upload.id, 1), whole);
  const first = Math.min(...left.filter((index) => index > 1), upload.total_chunks + 1);
  const handle = await open(whole, 'r+');
  try {
    let position = Math.min((first - 1) * upload.chunk_size, upload.total_size);
    await handle.truncate(position);
    for (let index = first; index <= upload.total_chunks; index += 1) {
      signal.throwIfAborted();
      for await (const piece of createReadStream(files.chunk(upload.id, index), {
        highWaterMark: 1024 * 1024,
      })) {
        await handle.write(piece, 0, piece.length, position);
        position += piece.length;
      }
      await rm(files.chunk(upload.id, index));
    }
  } finally {
    await handle.close();
  }
  await rename(whole, files.file(upload.asset_id));
  await rm(folder, { recursive: true, force: true });
}

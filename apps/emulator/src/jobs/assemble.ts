import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../store/files.ts';
import type { UploadRecord } from '../store/uploads.ts';

/**
 * Joins the parts of a complete upload into the asset's file. Each part is removed once it is appended, so that the
 * disk never contains the file twice; after a crash the first part that is left says where to continue.
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
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    let position = Math.min((first - 1) * upload.chunk_size, upload.total_size);
    await handle.truncate(position);
    for (let index = first; index <= upload.total_chunks; index += 1) {
      signal.throwIfAborted();
      position += await append(files.chunk(upload.id, index), handle, position, buffer);
      await rm(files.chunk(upload.id, index));
    }
  } finally {
    await handle.close();
  }
  await rename(whole, files.file(upload.asset_id));
  await rm(folder, { recursive: true, force: true });
}

/** Copies a file to `position` of another, through one buffer. @returns how many bytes. */
async function append(path: string, target: FileHandle, position: number, buffer: Buffer): Promise<number> {
  const source = await open(path);
  try {
    let copied = 0;
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length, copied);
      if (bytesRead === 0) return copied;
      let written = 0;
      while (written < bytesRead) {
        const { bytesWritten } = await target.write(
          buffer,
          written,
          bytesRead - written,
          position + copied + written,
        );
        written += bytesWritten;
      }
      copied += bytesRead;
    }
  } finally {
    await source.close();
  }
}

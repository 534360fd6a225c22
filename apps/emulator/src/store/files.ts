import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The media files of a store. A file is written under `incoming/` and moved to its place in one step once it is
 * whole, so that a crash leaves no half-written file under the name of an asset's file.
 */
export class FileStore {
  readonly root: string;
  readonly #quota: number | undefined;
  #used = 0;

  constructor(root: string, quota?: number) {
    this.root = root;
    this.#quota = quota;
    for (const folder of ['files', 'incoming', 'chunks', 'derived']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
  }

  /** The whole file of an asset. */
  file(assetId: string): string {
    return join(this.root, 'files', assetId);
  }

  /** The folder of an asset's HLS stream and thumbnail. */
  derived(assetId: string): string {
    return join(this.root, 'derived', assetId);
  }

  /** The folder of a multipart upload's parts. */
  chunks(uploadId: string): string {
    return join(this.root, 'chunks', uploadId);
  }

  chunk(uploadId: string, index: number): string {
    return join(this.chunks(uploadId), String(index));
  }

  /** Opens a new file under `incoming/`. */
  async create(): Promise<IncomingFile> {
    const path = join(this.root, 'incoming', randomUUID());
    return new IncomingFile(path, await open(path, 'wx'), this);
  }

  /** Counts `bytes` toward the storage limit; a negative number frees them. */
  claim(bytes: number): void {
    if (this.#quota !== undefined && bytes > 0 && this.#used + bytes > this.#quota) {
      throw Object.assign(new Error('The store is full (limits.storage)'), { code: 'ENOSPC' });
    }
    // A file of before the last sweep frees what is not counted any more.
    this.#used = Math.max(0, this.#used + bytes);
  }

  /** Removes an asset's file and all that was made from it. */
  async remove(assetId: string): Promise<void> {
    this.#release(this.file(assetId));
    await rm(this.file(assetId), { force: true });
    await rm(this.derived(assetId), { recursive: true, force: true });
  }

  /** Removes the parts of a multipart upload. */
  async removeChunks(uploadId: string): Promise<void> {
    for (const name of list(this.chunks(uploadId))) this.#release(join(this.chunks(uploadId), name));
    await rm(this.chunks(uploadId), { recursive: true, force: true });
  }

  /** Removes what a crash left behind: everything unfinished, and whatever belongs to nothing in the database. */
  sweep(assetIds: ReadonlySet<string>, uploadIds: ReadonlySet<string>): void {
    for (const name of list(join(this.root, 'incoming'))) {
      rmSync(join(this.root, 'incoming', name), { recursive: true, force: true });
    }
    for (const folder of ['files', 'derived']) {
      for (const name of list(join(this.root, folder))) {
        if (!assetIds.has(name)) rmSync(join(this.root, folder, name), { recursive: true, force: true });
      }
    }
    for (const name of list(join(this.root, 'chunks'))) {
      if (!uploadIds.has(name)) rmSync(join(this.root, 'chunks', name), { recursive: true, force: true });
    }
    this.#used = 0;
    for (const name of list(join(this.root, 'files'))) this.#used += sizeOf(join(this.root, 'files', name));
    for (const upload of list(join(this.root, 'chunks'))) {
      for (const name of list(this.chunks(upload))) this.#used += sizeOf(join(this.chunks(upload), name));
    }
  }

  #release(path: string): void {
    this.#used = Math.max(0, this.#used - sizeOf(path));
  }
}

/** A file that is being written and does not count yet. */
export class IncomingFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #store: FileStore;
  #size = 0;
  #open = true;
  #done = false;

  constructor(path: string, handle: FileHandle, store: FileStore) {
    this.path = path;
    this.#handle = handle;
    this.#store = store;
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size;
  }

  async write(data: Uint8Array): Promise<void> {
    this.#store.claim(data.length);
    this.#size += data.length;
    let offset = 0;
    // A write may be short, on a disk that is nearly full for one.
    while (offset < data.length) {
      const { bytesWritten } = await this.#handle.write(data, offset, data.length - offset);
      offset += bytesWritten;
    }
  }

  /** Moves the whole file to its place, over what is there. */
  async commit(target: string): Promise<void> {
    await this.#close();
    this.#store.claim(-sizeOf(target));
    await rename(this.path, target);
    this.#done = true;
  }

  /** Forgets it. Safe to call at any time, also after {@link commit}. */
  async discard(): Promise<void> {
    if (this.#done) return;
    this.#done = true;
    await this.#close();
    this.#store.claim(-this.#size);
    await rm(this.path, { force: true });
  }

  async #close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { formatBytes } from '../bytes.ts';
import type { Clock } from '../clock.ts';
import { isDiskFull } from '../errors.ts';
import { NotMediaError, type Prober } from '../media/probe.ts';
import type { Options } from '../options.ts';
import type { AssetRecord } from '../store/asset.ts';
import type { AssetTable } from '../store/assets.ts';
import type { FileStore } from '../store/files.ts';
import type { UploadTable } from '../store/uploads.ts';
import { assemble } from './assemble.ts';
import { DownloadError, type Downloader } from './download.ts';
import { Queue } from './queue.ts';

export interface AssetJobParts {
  readonly options: Options;
  readonly clock: Clock;
  readonly assets: AssetTable;
  readonly uploads: UploadTable;
  readonly files: FileStore;
  readonly prober: Prober;
  readonly downloader: Downloader;
  /** Told of errors that are the emulator's own. */
  readonly onError: (error: unknown) => void;
}

/** Takes assets from `processing` to `ready` or `failed`, behind the requests' backs. */
export class AssetJobs {
  readonly #parts: AssetJobParts;
  readonly #downloads = new Queue(8);
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>();

  constructor(parts: AssetJobParts) {
    this.#parts = parts;
  }

  /** Starts, or after a restart goes on with, whatever `asset` still needs. */
  start(asset: AssetRecord): Promise<void> {
    const abort = new AbortController();
    const done = this.#run(asset, abort.signal)
      .catch((error: unknown) => {
        if (!abort.signal.aborted) this.#parts.onError(error);
      })
      .finally(() => this.#running.delete(asset.id));
    this.#running.set(asset.id, { abort, done });
    return done;
  }

  /** Ends the work on an asset, and waits until its files are let go. */
  async cancel(assetId: string): Promise<void> {
    const job = this.#running.get(assetId);
    job?.abort.abort();
    await job?.done;
  }

  /** Ends all work. What was under way is taken up again when the store is opened next. */
  async cancelAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.cancel(id)));
  }

  /** Resolves once nothing is under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map((job) => job.done));
  }

  async #run(asset: AssetRecord, signal: AbortSignal): Promise<void> {
    if (asset.status !== 'processing') return;
    const { assets, clock, options } = this.#parts;
    let changes: Partial<AssetRecord>;
    try {
      changes = await this.#process(asset, signal);
    } catch (error) {
      if (signal.aborted) return;
      changes = this.#failure(error);
    }
    const wait = asset.created_at + options.processingMs - clock.now();
    if (wait > 0) await sleep(wait, undefined, { signal });
    if (!signal.aborted) assets.update(asset.id, changes);
  }

  async #process(asset: AssetRecord, signal: AbortSignal): Promise<Partial<AssetRecord>> {
    const { files, prober, options } = this.#parts;
    let declared = asset.file_type;
    if (asset.method === 'url' && asset.url !== null) {
      const { url, filename } = asset;
      const downloaded = await this.#downloads.run(() => this.#parts.downloader.fetch(url, filename, signal));
      await downloaded.file.commit(files.file(asset.id));
      declared = downloaded.type;
      signal.throwIfAborted();
    }
    const upload = asset.method === 'multipart' ? this.#parts.uploads.byAsset(asset.id) : undefined;
    if (upload !== undefined) await assemble(files, upload, signal);
    const probe = await prober.probe(files.file(asset.id));
    const size = Number(probe.technical.file_size_bytes);
    const limit = asset.method === 'multipart' ? options.limits.multipartImage : options.limits.image;
    if (probe.kind === 'image' && size > limit) {
      throw new NotMediaError(`The image has ${formatBytes(size)}; the limit is ${formatBytes(limit)}.`);
    }
    return {
      status: 'ready',
      kind: probe.kind,
      file_type: declared ?? probe.type,
      size,
      duration: probe.duration,
      technical_metadata: probe.technical,
    };
  }

  #failure(error: unknown): Partial<AssetRecord> {
    if (error instanceof NotMediaError) {
      return { status: 'failed', error: error.message, technical_metadata: error.technical };
    }
    if (error instanceof DownloadError) return { status: 'failed', error: error.message };
    if (isDiskFull(error)) return { status: 'failed', error: 'The emulator has no room left for the file.' };
    this.#parts.onError(error);
    return { status: 'failed', error: 'The emulator failed while processing the file.' };
  }
}

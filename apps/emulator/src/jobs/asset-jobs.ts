import { setTimeout as sleep } from 'node:timers/promises';
import type { AssetRecord, Derived } from '../asset-record.ts';
import { formatBytes } from '../bytes.ts';
import type { Clock } from '../clock.ts';
import { isDiskFull } from '../errors.ts';
import { FfmpegError } from '../media/ffmpeg.ts';
import { NotMediaError, probeMedia } from '../media/probe.ts';
import type { Options } from '../options.ts';
import type { AssetTable } from '../store/assets.ts';
import type { FileStore } from '../store/files.ts';
import type { UploadTable } from '../store/uploads.ts';
import { assemble } from './assemble.ts';
import { type DeriveParts, makeHls, makeThumbnail } from './derive.ts';
import { DownloadError, type Downloader } from './download.ts';
import { Queue } from './queue.ts';

export interface AssetJobParts {
  readonly options: Options;
  readonly clock: Clock;
  readonly assets: AssetTable;
  readonly uploads: UploadTable;
  readonly files: FileStore;
  readonly downloader: Downloader;
  /** Called with faults of the emulator itself. */
  readonly onError: (error: unknown) => void;
}

/** Takes assets from `processing` to `ready` or `failed`, in the background. */
export class AssetJobs {
  readonly #parts: AssetJobParts;
  readonly #downloads = new Queue(8);
  readonly #derivations = new Queue(1);
  readonly #running = new Map<string, { abort: AbortController; done: Promise<void> }>();

  constructor(parts: AssetJobParts) {
    this.#parts = parts;
  }

  /**
   * Starts, or after a restart goes on with, whatever `asset` still needs.
   *
   * @returns a promise that resolves once it is no longer `processing`; its stream and thumbnail may take longer.
   */
  start(asset: AssetRecord): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    const guard = (work: Promise<void>): Promise<void> =>
      work.catch((error: unknown) => {
        if (!signal.aborted) this.#parts.onError(error);
      });
    const processed = guard(this.#run(asset, signal));
    const done = processed
      .then(() => guard(this.#deriveAll(asset.id, signal)))
      .finally(() => this.#running.delete(asset.id));
    this.#running.set(asset.id, { abort, done });
    return processed;
  }

  /** Stops the work on an asset, and waits until its files are closed. */
  async cancel(assetId: string): Promise<void> {
    const job = this.#running.get(assetId);
    job?.abort.abort();
    await job?.done;
  }

  /** Stops all work. The next start continues what was under way. */
  async cancelAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.cancel(id)));
  }

  /** Resolves once nothing is under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map((job) => job.done));
  }

  async #run(asset: AssetRecord, signal: AbortSignal): Promise<void> {
    if (asset.status !== 'processing') return;
    const { assets, clock, files, options } = this.#parts;
    let changes: Partial<AssetRecord>;
    try {
      changes = await this.#process(asset, signal);
    } catch (error) {
      if (signal.aborted) return;
      changes = this.#failure(asset, error);
      if (asset.method === 'url') await files.remove(asset.id);
    }
    await clock.until(asset.created_at + options.processingMs, signal);
    await untilThereIsRoom(() => assets.update(asset.id, changes), signal);
  }

  async #deriveAll(id: string, signal: AbortSignal): Promise<void> {
    await this.#derive(id, 'thumbnail', makeThumbnail, signal);
    await this.#derive(id, 'hls', makeHls, signal);
  }

  /** Takes `hls` or `thumbnail` from `pending` to `ready` or `error`. */
  async #derive(
    id: string,
    field: 'hls' | 'thumbnail',
    make: (parts: DeriveParts, asset: AssetRecord, signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return;
    const { assets, files, options, onError } = this.#parts;
    const set = (derived: Derived): void => assets.update(id, { [field]: derived });
    const status = assets.get(id)?.[field]?.status;
    if (status !== 'pending' && status !== 'processing') return;
    await this.#derivations.run(async () => {
      const asset = assets.get(id);
      if (asset === undefined || signal.aborted) return;
      set({ status: 'processing' });
      try {
        await make({ files, options }, asset, signal);
        set({ status: 'ready' });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof FfmpegError) && !isDiskFull(error)) onError(error);
        set({ status: 'error', message: error instanceof Error ? error.message : String(error) });
      }
    }, signal);
  }

  async #process(asset: AssetRecord, signal: AbortSignal): Promise<Partial<AssetRecord>> {
    const { files, options } = this.#parts;
    let declared = asset.file_type;
    if (asset.method === 'url' && asset.url !== null) {
      const { url, filename } = asset;
      const downloaded = await this.#downloads.run(
        () => this.#parts.downloader.fetch(url, filename, signal),
        signal,
      );
      await downloaded.file.commit(files.file(asset.id));
      declared = downloaded.type;
      signal.throwIfAborted();
    }
    const upload = asset.method === 'multipart' ? this.#parts.uploads.byAsset(asset.id) : undefined;
    if (upload !== undefined) await assemble(files, upload, signal);
    const probe = await probeMedia(files.file(asset.id), options.media.seconds);
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
      // The reference: "Applicable to video and audio assets only".
      ...(probe.kind === 'image' && { hls: null }),
    };
  }

  #failure(asset: AssetRecord, error: unknown): Partial<AssetRecord> {
    const none: Derived = { status: 'error', message: 'The asset failed.' };
    const failed = {
      status: 'failed',
      ...(asset.hls !== null && { hls: none }),
      ...(asset.thumbnail !== null && { thumbnail: none }),
    } as const;
    if (error instanceof NotMediaError) {
      return { ...failed, error: error.message, technical_metadata: error.technical };
    }
    if (error instanceof DownloadError) return { ...failed, error: error.message };
    if (isDiskFull(error)) return { ...failed, error: 'The emulator has no room left for the file.' };
    this.#parts.onError(error);
    return { ...failed, error: 'The emulator failed while processing the file.' };
  }
}

/** Repeats what a full disk refuses: otherwise an asset would stay `processing` forever. */
async function untilThereIsRoom(store: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      store();
      return;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      await sleep(1000, undefined, { signal });
    }
  }
}

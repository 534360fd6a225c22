import { Agent, request } from 'undici';
import { formatBytes } from '../bytes.ts';
import { downloadMarkHeader } from '../http/download-mark.ts';
import { guessKind, isMedia, mediaType } from '../media/types.ts';
import type { Options } from '../options.ts';
import type { FileStore, IncomingFile } from '../store/files.ts';

/** The `url` of an asset could not be fetched, or what came cannot be media. Its message is written for people. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}

export interface Downloaded {
  readonly file: IncomingFile;
  /** The other side's media type, or null if it says nothing. */
  readonly type: string | null;
}

/** Fetches the files of `url` assets. */
export class Downloader {
  readonly #options: Options;
  readonly #files: FileStore;
  readonly #mark: string;
  readonly #agent: Agent;

  constructor(options: Options, files: FileStore, mark: string) {
    this.#options = options;
    this.#files = files;
    this.#mark = mark;
    const { idleMs } = options.download;
    this.#agent = new Agent({ connect: { timeout: idleMs }, headersTimeout: idleMs, bodyTimeout: idleMs });
  }

  /**
   * Fetches `url` into a new file, following redirects, within the limits of time and size.
   *
   * @throws {DownloadError} saying why not.
   */
  async fetch(url: string, filename: string, signal: AbortSignal): Promise<Downloaded> {
    const { totalMs } = this.#options.download;
    const total = AbortSignal.timeout(totalMs);
    try {
      return await this.#fetch(url, filename, AbortSignal.any([signal, total]));
    } catch (error) {
      if (total.aborted)
        throw new DownloadError(`The URL was not read to its end within ${totalMs / 1000} seconds.`);
      if (error instanceof DownloadError || signal.aborted) throw error;
      const { code, message } = error as { code?: string; message: string };
      if (code === 'ENOSPC') throw error;
      throw new DownloadError(`The URL could not be read: ${code ?? message}.`);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #fetch(start: string, filename: string, signal: AbortSignal): Promise<Downloaded> {
    const response = await this.#follow(start, signal);
    const { body, headers, statusCode } = response;
    // undici's stream also emits what it is destroyed with.
    body.on('error', () => undefined);
    try {
      if (statusCode !== 200) throw new DownloadError(`The URL answered with status ${statusCode}.`);
      const type = mediaType(String(headers['content-type'] ?? ''));
      if (type === 'text/html') {
        throw new DownloadError(
          'The URL leads to a web page, not to a media file. Use the direct link to the file.',
        );
      }
      const declared =
        headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
      return await this.#save(body, type, filename, declared);
    } catch (error) {
      body.destroy();
      throw error;
    }
  }

  async #follow(start: string, signal: AbortSignal): ReturnType<typeof request> {
    let url = new URL(start);
    for (let hop = 0; hop <= this.#options.download.maxRedirects; hop += 1) {
      if (!/^https?:$/.test(url.protocol))
        throw new DownloadError('The URL redirects to something other than http(s).');
      const response = await request(url, {
        dispatcher: this.#agent,
        signal,
        headers: { [downloadMarkHeader]: this.#mark, accept: '*/*' },
      });
      const location = response.headers.location;
      if (response.statusCode < 300 || response.statusCode > 399 || location === undefined) return response;
      await response.body.dump();
      const target = String(location);
      if (!URL.canParse(target, url.href))
        throw new DownloadError('The URL redirects to something that is no URL.');
      url = new URL(target, url);
    }
    throw new DownloadError(`The URL redirects more than ${this.#options.download.maxRedirects} times.`);
  }

  async #save(
    body: AsyncIterable<Buffer>,
    type: string,
    filename: string,
    declared: number | undefined,
  ): Promise<Downloaded> {
    const file = await this.#files.create();
    try {
      let limit: number | undefined;
      for await (const chunk of body) {
        limit ??=
          guessKind(type, chunk, filename) === 'image'
            ? this.#options.limits.image
            : this.#options.limits.url;
        if (Math.max(declared ?? 0, file.size + chunk.length) > limit) {
          throw new DownloadError(`The file at the URL is larger than the limit of ${formatBytes(limit)}.`);
        }
        await file.write(chunk);
      }
      if (file.size === 0) throw new DownloadError('The file at the URL is empty.');
      return { file, type: isMedia(type) ? type : null };
    } catch (error) {
      await file.discard();
      throw error;
    }
  }
}

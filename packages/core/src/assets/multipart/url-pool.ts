import { UnexpectedResponseError } from '../../errors/unexpected-response-error.ts';
import type { CallContext } from '../../http/call.ts';
import { createUrls } from './endpoints.ts';
import { throwExplained } from './session.ts';
import { checkUploadTarget } from './upload-target.ts';

/** Source: the published API description: at most 50 URLs a request. */
const MAX_URLS = 50;

/** Hands out presigned URLs, each once (each is good for one use), and requests more when none is left. */
export class UrlPool {
  readonly #urls = new Map<number, string>();
  #asking: Promise<void> = Promise.resolve();
  readonly #context: CallContext;
  readonly #uploadId: string;
  readonly #totalChunks: number;

  constructor(
    context: CallContext,
    uploadId: string,
    totalChunks: number,
    urls: readonly { chunk_index: number; url: string }[],
  ) {
    this.#context = context;
    this.#uploadId = uploadId;
    this.#totalChunks = totalChunks;
    for (const { chunk_index, url } of urls) this.#urls.set(chunk_index, url);
  }

  /**
   * A URL for a chunk that was not handed out before.
   * @throws {UnexpectedResponseError} when the platform gives none, or one that may not be used
   */
  async take(index: number): Promise<string> {
    // One request at a time: the first worker that runs out asks for everybody.
    if (!this.#urls.has(index)) {
      this.#asking = this.#asking.catch(() => undefined).then(() => this.#ask(index));
      await this.#asking;
    }
    const url = this.#urls.get(index);
    if (url === undefined)
      throw new UnexpectedResponseError(`The platform gave no upload URL for chunk ${index}`);
    this.#urls.delete(index);
    checkUploadTarget(url, this.#context.baseUrl);
    return url;
  }

  /** Forgets the URLs that are left: they expire together. */
  clear(): void {
    this.#urls.clear();
  }

  async #ask(index: number): Promise<void> {
    if (this.#urls.has(index)) return;
    const count = Math.min(MAX_URLS, this.#totalChunks - index + 1);
    const params = { upload_id: this.#uploadId, start: index, count };
    const { upload_urls } = await createUrls
      .send(this.#context, params)
      .catch((error: unknown) => throwExplained(this.#context, this.#uploadId, error));
    for (const { chunk_index, url } of upload_urls) this.#urls.set(chunk_index, url);
  }
}

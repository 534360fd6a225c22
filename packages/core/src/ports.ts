/** What core needs from its environment. Hosts implement these ports; tests implement the same ones. */

/** How the reader of a stream uses its chunks. */
export interface StreamOptions {
  /**
   * The reader has finished with each chunk when it asks for the next one: the source may fill the same memory again.
   * Without this option a chunk never changes. Spares a garbage collection for every few megabytes of a file.
   */
  readonly reuse?: boolean | undefined;
}

/**
 * A request body that axios and undici both take as it is: axios recognizes the tag and sends
 * `Content-Length` from `size`; undici takes the async iterable.
 */
export interface RequestBody {
  /** Bytes, sent as `Content-Length`; `undefined` for a stream of unknown size. */
  readonly size: number | undefined;
  /** Sent as `Content-Type`. */
  readonly type: string;
  /** The bytes, from the start, at each call. */
  stream(options?: StreamOptions): AsyncIterable<Uint8Array>;
  /** Whether a file that can be read once only was opened: the same bytes cannot be sent again. */
  readonly isSpent?: boolean;
  readonly [Symbol.toStringTag]: 'Blob';
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
  readonly method: HttpMethod;
  /** Absolute. */
  readonly url: string;
  /** Lower-case names. Never contains the API key; the content type and length come from `body`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** True: the transport adds `x-api-key`, and only for the API's own origin. */
  readonly authenticated: boolean;
  /**
   * Milliseconds without progress after which core aborts the request's signal.
   * A transport with a limit of its own must not be stricter.
   */
  readonly idleTimeout: number;
  /** A longer response is refused; transports read through `readAnswer`. */
  readonly maxResponseBytes: number;
  /** True: a successful answer is a stream of JSON lines (NDJSON), which is read as the lines arrive. */
  readonly lines?: boolean;
  /** Called as more of the answer arrives, so that a long one does not count as stalled; `readAnswer` calls it. */
  readonly onReceived?: () => void;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The parsed JSON when the body is JSON, else the text, `''` when empty. For a request with `lines` that succeeded:
   * an `AsyncIterable` of the parsed lines, whose end, early or not, releases the connection.
   */
  readonly body: unknown;
}

/**
 * Sends one request. Resolves for every status, follows no redirect, retries nothing, and is the only
 * place that sees the API key. Whatever it throws means that no answer was received.
 */
export interface Transport {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`; rejects as soon as `signal` aborts, leaving no timer behind. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 (included) to 1 (excluded), for jitter. */
  random(): number;
}

/** Bytes that can be streamed: what `stream()` of a web `Blob` or a Node.js stream gives. */
export type ByteStream = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** A superset of the web's `File` and `Blob`, which are accepted as they are. */
export interface FileSource {
  readonly name?: string | undefined;
  /** Bytes, when known. */
  readonly size?: number | undefined;
  /** Media type, when known. */
  readonly type?: string | undefined;
  /** True: `stream()` can be called once, so nothing is sent again once a byte has left. */
  readonly oneShot?: boolean | undefined;
  /** The bytes from the start; called again for a retry, unless `oneShot`. */
  stream(options?: StreamOptions): ByteStream;
  /** When the source can seek: the bytes from `start` (included) to `end` (excluded). */
  slice?(start: number, end: number): { stream(options?: StreamOptions): ByteStream };
}

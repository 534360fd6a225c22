/**
 * All that core may use of the runtime around it, for the check of this folder without Node.js's types: every runtime
 * has these, and none of them waits, reads a clock, or speaks to the world. What core needs beyond them is a port.
 */

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class URL {
  static canParse(url: string, base?: string): boolean;
  constructor(url: string | URL, base?: string | URL);
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
}

declare class URLSearchParams {
  constructor(init?: string | Record<string, string> | Iterable<readonly [string, string]>);
  readonly size: number;
  get(name: string): string | null;
  has(name: string): boolean;
}

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

declare const crypto: {
  randomUUID(): string;
  readonly subtle: { digest(algorithm: 'SHA-256', bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> };
};

type StreamChunk<T> = { done: false; value: T } | { done: true; value: T | undefined };

/** A type only: core takes web streams and makes none. */
interface ReadableStream<T> extends AsyncIterable<T> {
  getReader(): { read(): Promise<StreamChunk<T>>; cancel(reason?: unknown): Promise<void> };
}

/** Base64 of text whose characters are bytes. */
declare function btoa(text: string): string;

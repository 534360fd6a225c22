/** A field of a multipart form as it came, or a file with what was learnt while it streamed by. */
export type FormPart =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly filename: string | null;
      /** As sent; `text/plain` where the part had none, which is what the standard makes of it. */
      readonly content_type: string;
      /** Bytes. */
      readonly size: number;
      /** Hexadecimal. */
      readonly sha256: string;
    };

/** One request, as the journal tells it. Keys of the API never appear in it. */
export interface JournalEntry {
  /** From 1, in the order in which requests arrived. */
  readonly sequence: number;
  /** When its head arrived, RFC 3339 with milliseconds. */
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string[]>;
  readonly headers: Record<string, string>;
  /** Whether `x-api-key` was sent, right or wrong. */
  readonly has_api_key: boolean;
  /** The multipart form in order of arrival, if the body was one. */
  form: FormPart[] | null;
  /** The parsed JSON body, if it was one. */
  json: unknown;
  /** What arrived of the body; null if nobody read it. */
  body: { size: number; sha256: string | null; complete: boolean } | null;
  /** The status answered; null while nothing, or nothing at all, was. */
  status: number | null;
  /** The connection ended before request and answer were through, whoever ended it. */
  aborted: boolean;
  /** The fault that was played on it. */
  fault: string | null;
}

const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie']);

/** The last requests, in memory. */
export class Journal {
  readonly #capacity: number;
  readonly #keys: readonly string[];
  #entries: JournalEntry[] = [];
  #sequence = 0;

  constructor(capacity: number, keys: readonly string[]) {
    this.#capacity = capacity;
    this.#keys = keys;
  }

  /** Starts an entry from a request's head; the caller fills in the rest as it learns it. */
  begin(request: {
    method: string;
    url: string;
    headers: NodeJS.Dict<string | string[]>;
    now: number;
  }): JournalEntry {
    // A target such as "//" is no URL, and a name such as "constructor" is no list yet.
    const url = URL.parse(request.url, 'http://emulator') ?? new URL('http://emulator/');
    const query: Record<string, string[]> = Object.create(null);
    for (const [name, value] of url.searchParams) {
      query[name] ??= [];
      query[name].push(this.#mask(value));
    }
    this.#sequence += 1;
    const entry: JournalEntry = {
      sequence: this.#sequence,
      time: new Date(request.now).toISOString(),
      method: request.method,
      path: this.#mask(url.pathname),
      query,
      headers: this.#headers(request.headers),
      has_api_key: request.headers['x-api-key'] !== undefined,
      form: null,
      json: null,
      body: null,
      status: null,
      aborted: false,
      fault: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > this.#capacity) this.#entries.shift();
    return entry;
  }

  /** The entries, oldest first. */
  entries(): JournalEntry[] {
    return structuredClone(this.#entries);
  }

  clear(): void {
    this.#entries = [];
    this.#sequence = 0;
  }

  #headers(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
    const result: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      if (value === undefined) continue;
      const whole = Array.isArray(value) ? value.join(', ') : value;
      result[name] = name === 'x-api-key' || secretHeaders.has(name) ? '***' : this.#mask(whole);
    }
    return result;
  }

  /** A key may turn up where it does not belong; the journal is no place for it either. */
  #mask(value: string): string {
    return this.#keys.reduce((text, key) => text.replaceAll(key, '***'), value);
  }
}

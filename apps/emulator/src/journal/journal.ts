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

/** One request in the journal. API keys never appear in it. */
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
  /** The multipart form in order of arrival, if the body was one and a route took it. */
  readonly form: readonly FormPart[] | null;
  /** The JSON body, if it was one of at most 1 MiB and a route took it. */
  readonly json: unknown;
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

/** Characters of a JSON body that is kept; those with a file in them are larger. */
const jsonLimit = 1024 * 1024;

/** An entry and its body. JSON is kept as text, which takes a tenth of the memory. */
interface Kept {
  readonly entry: JournalEntry;
  json: string | null;
  form: readonly FormPart[] | null;
  /** Characters in it, about. */
  size: number;
}

/** The last requests, in memory, bounded in number and in size. */
export class Journal {
  readonly #capacity: number;
  readonly #maxSize: number;
  readonly #keys: readonly string[];
  #kept: Kept[] = [];
  #byEntry = new WeakMap<JournalEntry, Kept>();
  #size = 0;
  #sequence = 0;

  /**
   * @param capacity requests that are kept at most.
   * @param maxSize bytes that these take at most, about.
   * @param keys which are masked wherever they turn up.
   */
  constructor(capacity: number, maxSize: number, keys: readonly string[]) {
    this.#capacity = capacity;
    this.#maxSize = maxSize;
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
    const kept: Kept = { entry, json: null, form: null, size: 0 };
    this.#kept.push(kept);
    this.#byEntry.set(entry, kept);
    this.#grow(kept, JSON.stringify(entry).length);
    return entry;
  }

  /** Adds the JSON body of a request. */
  addJson(entry: JournalEntry, text: string): void {
    const kept = this.#byEntry.get(entry);
    if (kept === undefined || text.length > jsonLimit) return;
    kept.json = text;
    this.#grow(kept, text.length);
  }

  /** Adds the multipart form of a request. */
  addForm(entry: JournalEntry, parts: readonly FormPart[]): void {
    const kept = this.#byEntry.get(entry);
    if (kept === undefined) return;
    kept.form = parts;
    this.#grow(kept, JSON.stringify(parts).length);
  }

  /** The entries, oldest first. */
  entries(): JournalEntry[] {
    return this.#kept.map((kept) => this.#copy(kept));
  }

  /** The newest entries that `isWanted`, newest first, at most `count`. */
  newest(count: number, isWanted: (entry: JournalEntry) => boolean): JournalEntry[] {
    const found: JournalEntry[] = [];
    for (let index = this.#kept.length - 1; index >= 0 && found.length < count; index -= 1) {
      const kept = this.#kept[index];
      if (kept !== undefined && isWanted(kept.entry)) found.push(this.#copy(kept));
    }
    return found;
  }

  clear(): void {
    this.#kept = [];
    this.#byEntry = new WeakMap();
    this.#size = 0;
    this.#sequence = 0;
  }

  #copy({ entry, json, form }: Kept): JournalEntry {
    return {
      ...structuredClone(entry),
      json: json === null ? null : this.#parse(json),
      form: structuredClone(form),
    };
  }

  #parse(json: string): unknown {
    return JSON.parse(json, (_key, value: unknown) =>
      typeof value === 'string' ? this.#mask(value) : value,
    );
  }

  /** Counts what an entry grew by, and drops the oldest ones that there is no more room for. */
  #grow(kept: Kept, by: number): void {
    kept.size += by;
    this.#size += by;
    while (this.#kept.length > this.#capacity || (this.#size > this.#maxSize && this.#kept.length > 1)) {
      const [oldest] = this.#kept.splice(0, 1);
      if (oldest === undefined) return;
      this.#size -= oldest.size;
      this.#byEntry.delete(oldest.entry);
    }
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

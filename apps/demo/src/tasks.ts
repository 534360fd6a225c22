/** What the demo does in each host. */
export interface Tasks {
  /** Media on disk: a path each. The first one is asked about and indexed. */
  readonly files: readonly [string, ...string[]];
  /** Media for the platform to fetch. */
  readonly urls: readonly string[];
  readonly question: string;
  /** The name of the index, which is created if there is none. */
  readonly index: string;
  /** What to search the index for. */
  readonly query: string;
}

export interface Created {
  /** The file's name, or the URL. */
  readonly source: string;
  readonly asset: Readonly<Record<string, unknown>>;
}

/** What a host returned. */
export interface Results {
  /** In the order of their sources, files first. */
  readonly created: readonly Created[];
  readonly answer: string;
  readonly clips: readonly Readonly<Record<string, unknown>>[];
}

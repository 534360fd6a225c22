import type { Probe } from './probe.ts';

/** Where the platform is, and with which key. */
export interface Account {
  readonly baseUrl: string;
  /** Left out: a credential without a key. */
  readonly apiKey?: string | undefined;
}

/** Core's parameters with a file on disk; values of any type, also wrong ones. */
export interface Params {
  readonly method?: unknown;
  readonly file?: { readonly path: string; readonly name?: string; readonly type?: string };
  readonly url?: unknown;
  readonly filename?: unknown;
  readonly enable_hls?: unknown;
  readonly enable_thumbnail?: unknown;
  readonly user_metadata?: unknown;
}

/** Core's options; times in milliseconds. */
export interface Options {
  readonly upload?: unknown;
  readonly concurrency?: unknown;
  readonly checkSize?: unknown;
  readonly once?: unknown;
  readonly intendedFor?: unknown;
  readonly waitUntilReady?: unknown;
  readonly waitFor?: unknown;
  readonly maxWait?: unknown;
  readonly timeout?: unknown;
  readonly idleTimeout?: unknown;
}

export interface Failure {
  /** Core's code, such as `validation`. */
  readonly code?: string | undefined;
  /** What people see. */
  readonly message: string;
  /** Core's plain details. */
  readonly details?: Record<string, unknown> | undefined;
}

export type Outcome =
  | { readonly asset: Record<string, unknown>; readonly error?: undefined }
  | { readonly error: Failure; readonly asset?: undefined };

/** One of those that create assets: core itself, or a node in its real host. */
export interface Party extends AsyncDisposable {
  readonly name: 'core' | 'n8n' | 'Node-RED';
  /** The process that does the work. */
  readonly pid: number;
  /** Missing where the work is done in the process that looks. */
  readonly probe?: Probe;
  create(params: Params, options: Options, account: Account): Promise<Outcome>;
  /** How the host does many at once, where that is not many times `create`. @returns the messages of those that failed */
  createMany?(many: Many, account: Account): Promise<string[]>;
  /** How the host does one after the other for a long time, where that is not `create`. */
  uploader?(account: Account): Promise<(path: string) => Promise<void>>;
}

/** One file, created under many names. */
export interface Many {
  readonly path: string;
  readonly names: readonly string[];
  readonly atOnce: number;
}

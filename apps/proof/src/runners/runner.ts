import type { CreateAssetParams, CreateOptions, WaitOptions } from '@twelvelabs-nodes/core';
import type { Probe } from './probe.ts';

/** Where the platform is, and with which key. */
export interface Account {
  readonly baseUrl: string;
  /** Left out: a credential without a key. */
  readonly apiKey?: string | undefined;
}

/** A file on disk, with the name and media type that the host is to see, if not its own. */
export interface DiskFile {
  readonly path: string;
  readonly name?: string;
  readonly type?: string;
  /** Gives so many bytes, and then nothing; not in n8n, which has the whole file before its node runs. */
  readonly stallsAfter?: number;
}

/** Core's parameters with a file on disk; values of any type, also wrong ones. */
export type Params = { readonly [Name in Exclude<keyof CreateAssetParams, 'file'>]?: unknown } & {
  readonly file?: DiskFile;
};

/** Core's options, those of waiting included; times in milliseconds. */
export type Options = {
  readonly [Name in keyof CreateOptions | keyof WaitOptions | 'intendedFor']?: unknown;
};
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
export interface Runner extends AsyncDisposable {
  readonly name: 'core' | 'n8n' | 'Node-RED';
  /** The process that does the work. */
  readonly pid: number;
  /** Missing where the work is done in the process that looks. */
  readonly probe?: Probe;
  create(params: Params, options: Options, account: Account): Promise<Outcome>;
  /** Creates many by the host's default settings. @returns the messages of those that failed */
  createMany?(many: Many, account: Account): Promise<string[]>;
  /** How the host does one after the other for a long time, where that is not `create`. */
  uploader?(account: Account): Promise<(path: string) => Promise<void>>;
}

/** One file, created under many names. */
export interface Many {
  readonly path: string;
  readonly names: readonly string[];
}

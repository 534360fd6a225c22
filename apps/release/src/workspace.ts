import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, absolute. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** What of a `package.json` the checks read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly homepage?: string;
  readonly author?: unknown;
  readonly repository?: { readonly url: string; readonly directory: string };
  readonly engines?: { readonly node: string };
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  /** What Node-RED loads, by node type. */
  readonly 'node-red'?: { readonly nodes: Readonly<Record<string, string>> };
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The folders of the packages that are published, from the root. */
export const PUBLISHED = [
  'packages/core',
  'packages/n8n-nodes-twelvelabs',
  'packages/node-red-twelvelabs',
] as const;

export type Published = (typeof PUBLISHED)[number];

/** Reads a file of the repository as text. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Reads the `package.json` of a folder of the repository; `''` for the root's. */
export const manifest = (folder: string): Manifest =>
  JSON.parse(read(join(folder, 'package.json'))) as Manifest;

/**
 * The repository's own files, from the root: what git tracks, and what it would track if it were added.
 * @param patterns git path specifications, such as `*.md`
 */
export function files(...patterns: string[]): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', ...patterns],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return listed.split('\0').filter((path) => path !== '' && exists(path));
}

function exists(path: string): boolean {
  try {
    readFileSync(join(root, path));
    return true;
  } catch {
    return false;
  }
}

import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackedNode } from './package.ts';

/** Where n8n keeps the files that items carry: in memory, in files or in the database. */
export type BinaryMode = 'default' | 'filesystem' | 'database';

export interface HomeOptions {
  /** Default `filesystem`, which is also n8n's own default outside queue mode. */
  readonly binaryMode?: BinaryMode;
  /** Folder that workflows may read files from; `/` for any file. Default: `files` inside the home. */
  readonly filesDir?: string;
  /** Further environment variables for every n8n process of this home. */
  readonly env?: Readonly<Record<string, string>>;
  /** Install our packed package (default true); false gives n8n as it comes. */
  readonly withNode?: boolean;
  /** A folder to use and keep; default a temporary one that `remove` deletes. */
  readonly dir?: string;
  /** The folder of an installed n8n other than the one this app pins; by default what `N8N_UNDER_TEST` names. */
  readonly n8nDir?: string;
}

/** A user folder of n8n with our package installed, and the environment that its processes run in. */
export interface Home {
  readonly dir: string;
  readonly filesDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** The n8n program. */
  readonly program: string;
  remove(): Promise<void>;
}

/** Telemetry, update checks and everything else that would want the internet, off. */
const QUIET = {
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
  N8N_VERIFIED_PACKAGES_ENABLED: 'false',
  EXTERNAL_FRONTEND_HOOKS_URLS: '',
} as const;

/** Variables of the surrounding machine that n8n needs or that people set on purpose. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'];

/** Makes a user folder for n8n; `remove` it when its processes have ended. */
export async function createHome(options: HomeOptions = {}): Promise<Home> {
  const dir = options.dir ?? (await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-')));
  const filesDir = options.filesDir ?? path.join(dir, 'files');
  await mkdir(filesDir, { recursive: true });
  await mkdir(path.join(dir, '.n8n'), { recursive: true });
  if (options.withNode !== false) await installPackedNode(dir);
  const pinned = path.resolve(import.meta.dirname, '../node_modules/n8n');
  const n8nDir = options.n8nDir ?? process.env.N8N_UNDER_TEST ?? pinned;
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const env = {
    ...Object.fromEntries(inherited),
    ...QUIET,
    N8N_USER_FOLDER: dir,
    N8N_ENCRYPTION_KEY: 'a-fixed-key-of-this-sandbox-only',
    N8N_HOST: '127.0.0.1',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_SECURE_COOKIE: 'false',
    // n8n allows nothing when it is told "/".
    N8N_RESTRICT_FILE_ACCESS_TO:
      filesDir === '/' ? (await readdir('/')).map((name) => `/${name}`).join(';') : filesDir,
    N8N_DEFAULT_BINARY_DATA_MODE: options.binaryMode ?? 'filesystem',
    // Without it, n8n 1.x keeps files in memory instead, and says nothing.
    ...(options.binaryMode === 'database' ? { N8N_AVAILABLE_BINARY_DATA_MODES: 'filesystem,database' } : {}),
    // No workflow here has a Code node: an external runner that nobody starts saves a process for each n8n.
    N8N_RUNNERS_MODE: 'external',
    N8N_RUNNERS_AUTH_TOKEN: 'unused',
    N8N_LOG_LEVEL: 'info',
    // A module that asks the internet; n8n refuses to start when it is told to leave out one that it does not have.
    ...(existsSync(path.join(n8nDir, 'dist/modules/mcp-registry'))
      ? { N8N_DISABLED_MODULES: 'mcp-registry' }
      : {}),
    ...options.env,
  };
  await writeFile(
    path.join(dir, '.n8n', 'config'),
    JSON.stringify({ encryptionKey: env.N8N_ENCRYPTION_KEY }),
    {
      mode: 0o600,
    },
  );
  const temporary = options.dir === undefined;
  const removeNow = () => rmSync(dir, { recursive: true, force: true });
  // Also when a script fails before it comes to `remove`.
  if (temporary) process.once('exit', removeNow);
  return {
    dir,
    filesDir,
    env,
    program: path.join(n8nDir, 'bin', 'n8n'),
    remove: async () => {
      if (!temporary) return;
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
      process.removeListener('exit', removeNow);
    },
  };
}

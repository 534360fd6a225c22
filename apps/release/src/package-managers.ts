import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpmCommand } from './pack.ts';
import { runOk } from './run.ts';
import { shellEnvironment } from './shell-environment.ts';

const yarn = createRequire(import.meta.url).resolve('@yarnpkg/cli-dist/bin/yarn.js');

export type PackageManager = 'npm' | 'pnpm' | 'yarn';

export interface ProjectOptions {
  /** Whether Yarn, too, lays out a `node_modules`. Default: false. */
  readonly nodeModules?: boolean;
  /** An existing empty folder to use and to leave, absolute. Default: a temporary one that goes with the project. */
  readonly folder?: string;
}

/** An empty project outside of the workspace, which goes away when it is disposed of. */
export class Project implements AsyncDisposable {
  readonly folder: string;
  readonly #manager: PackageManager;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #temporary: boolean;

  private constructor(
    folder: string,
    manager: PackageManager,
    environment: NodeJS.ProcessEnv,
    temporary: boolean,
  ) {
    this.folder = folder;
    this.#manager = manager;
    this.#environment = environment;
    this.#temporary = temporary;
  }

  static async create(manager: PackageManager, options: ProjectOptions = {}): Promise<Project> {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), `twelvelabs-${manager}-`)));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    // Yarn takes the nearest lockfile as the sign of a project.
    if (manager === 'yarn') await writeFile(join(folder, 'yarn.lock'), '');
    const env = await environmentOf(manager, folder);
    if (options.nodeModules) env.YARN_NODE_LINKER = 'node-modules';
    return new Project(folder, manager, env, options.folder === undefined);
  }

  /** Adds packages: names with versions, or absolute paths of tarballs. */
  async add(...packages: string[]): Promise<void> {
    const specifiers = packages.map((name) => (name.endsWith('.tgz') ? `file:${name}` : name));
    const options = { cwd: this.folder, env: this.#environment };
    if (this.#manager === 'npm') {
      // The level that says which request failed and why, while npm is still trying.
      const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=http'];
      await runOk('npm', ['install', ...quiet, ...specifiers], options);
    } else if (this.#manager === 'pnpm') {
      await runOk(...pnpmCommand('add', '--ignore-scripts', '--ignore-workspace', ...specifiers), options);
    } else {
      // Yarn wants a name before a path.
      const named = await Promise.all(specifiers.map(withName));
      await runOk(process.execPath, [yarn, 'add', ...named], options);
    }
  }

  /**
   * Runs a script of the project on Node.js, as its manager resolves packages: yarn without `node_modules`.
   * @returns its standard output
   */
  node(script: string, ...args: string[]): Promise<string> {
    // Scripts speak to an emulator on this machine, which a proxy of the machine would not reach.
    const env = Object.fromEntries(Object.entries(this.#environment).filter(([name]) => !PROXY.test(name)));
    const options = { cwd: this.folder, env };
    return this.#manager === 'yarn'
      ? runOk(process.execPath, [yarn, 'node', script, ...args], options)
      : runOk(process.execPath, [script, ...args], options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#temporary) return;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function withName(specifier: string): Promise<string> {
  if (!specifier.startsWith('file:')) return specifier;
  const packed = await runOk('tar', ['-xzOf', specifier.slice('file:'.length), 'package/package.json'], {
    cwd: '/',
  });
  return `${(JSON.parse(packed) as { name: string }).name}@${specifier}`;
}

const PROXY = /^(https?|all|no)_proxy$/i;

/** What of the machine's npm settings the other managers need to reach the same registry. */
interface NpmSettings {
  readonly registry: string;
  readonly cafile: string | null;
  readonly 'https-proxy': string | null;
}

/** What this manager needs to reach the registry that the machine's npm is set to. */
async function environmentOf(manager: PackageManager, folder: string): Promise<NodeJS.ProcessEnv> {
  const env = shellEnvironment();
  if (manager === 'npm') return env;
  const listed = await runOk('npm', ['config', 'list', '--long', '--json'], { cwd: folder, env });
  const npm = JSON.parse(listed) as NpmSettings;
  if (manager === 'pnpm') {
    env.npm_config_registry = npm.registry;
    if (npm.cafile) env.npm_config_cafile = npm.cafile;
    return env;
  }
  if (npm.cafile) env.YARN_HTTPS_CA_FILE_PATH = npm.cafile;
  if (npm['https-proxy']) env.YARN_HTTPS_PROXY = npm['https-proxy'];
  return {
    ...env,
    YARN_NPM_REGISTRY_SERVER: npm.registry.replace(/\/$/, ''),
    YARN_GLOBAL_FOLDER: join(folder, '.yarn-global'),
    YARN_ENABLE_TELEMETRY: '0',
    // With CI=true, yarn refuses to write the lockfile that the empty project does not have yet.
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_SCRIPTS: 'false',
  };
}

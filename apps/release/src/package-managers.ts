import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pnpmCommand } from './pack.ts';
import { runOk } from './run.ts';

const yarn = createRequire(import.meta.url).resolve('@yarnpkg/cli-dist/bin/yarn.js');

export type PackageManager = 'npm' | 'pnpm' | 'yarn';

/** An empty project outside of the workspace, which goes away when it is disposed of. */
export class Project implements AsyncDisposable {
  readonly folder: string;
  readonly #manager: PackageManager;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(folder: string, manager: PackageManager, environment: NodeJS.ProcessEnv) {
    this.folder = folder;
    this.#manager = manager;
    this.#environment = environment;
  }

  /** @param nodeModules whether Yarn, too, lays out a `node_modules` */
  static async create(manager: PackageManager, { nodeModules = false } = {}): Promise<Project> {
    const folder = await mkdtemp(join(tmpdir(), `twelvelabs-${manager}-`));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    // Yarn takes the nearest lockfile as the sign of a project.
    if (manager === 'yarn') await writeFile(join(folder, 'yarn.lock'), '');
    const env = await environment(manager, folder);
    return new Project(folder, manager, nodeModules ? { ...env, YARN_NODE_LINKER: 'node-modules' } : env);
  }

  /** Adds packages: names with versions, or absolute paths of tarballs. */
  async add(...packages: string[]): Promise<void> {
    const specifiers = packages.map((name) => (name.endsWith('.tgz') ? `file:${name}` : name));
    const options = { cwd: this.folder, env: this.#environment };
    if (this.#manager === 'npm') {
      await runOk('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...specifiers], options);
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
    const options = { cwd: this.folder, env: this.#environment };
    return this.#manager === 'yarn'
      ? runOk(process.execPath, [yarn, 'node', script, ...args], options)
      : runOk(process.execPath, [script, ...args], options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
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

/** The surroundings of a person's shell, not those of the pnpm that runs these tests. */
async function environment(manager: PackageManager, folder: string): Promise<NodeJS.ProcessEnv> {
  const { npm_config_registry: configured, ...rest } = process.env;
  const clean = Object.fromEntries(
    Object.entries(rest).filter(
      ([name]) => !/^(npm_|pnpm_|INIT_CWD$|NODE_OPTIONS$|VITEST|NODE_ENV$)/i.test(name),
    ),
  );
  const registry = configured ?? (await runOk('npm', ['config', 'get', 'registry'], { cwd: folder })).trim();
  if (manager !== 'yarn') return { ...clean, npm_config_registry: registry };
  return {
    ...clean,
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ''),
    YARN_GLOBAL_FOLDER: join(folder, '.yarn-global'),
    YARN_ENABLE_TELEMETRY: '0',
    // With CI=true, yarn refuses to write the lockfile that the empty project does not have yet.
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_SCRIPTS: 'false',
  };
}

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = '@twelvelabs-nodes/node-red-twelvelabs';

const require = createRequire(import.meta.url);
const packageFolder = path.dirname(require.resolve(`${PACKAGE}/package.json`));

/** The major version of Node-RED where nobody asks for one: that of a whole test run. */
export const USUAL_VERSION = process.env.NODE_RED_VERSION === '4' ? 4 : 5;

/** Node-RED's own start script, of the major version asked for. */
export function nodeRedScript(version: 4 | 5): string {
  return require.resolve(version === 4 ? 'node-red-4/red.js' : 'node-red/red.js');
}

/**
 * Puts Node-RED's own nodes behind a link in the user folder. It looks for further nodes in every
 * `node_modules` above its own, where this workspace keeps the unpacked package: only what was installed
 * into the user folder is what users get.
 * @returns the value of `coreNodesDir`.
 */
export async function linkCoreNodes(userDir: string, version: 4 | 5): Promise<string> {
  const link = path.join(userDir, '.core-nodes');
  const nodes = path.dirname(createRequire(nodeRedScript(version)).resolve('@node-red/nodes'));
  await rm(link, { force: true });
  await symlink(nodes, link, 'dir');
  return link;
}

/** npm's own settings of a surrounding `pnpm` or `npx` would leak into the child through these. */
function quietEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}

/**
 * Packs the nodes as they would be published.
 * @returns the path of the tarball, in a new temporary folder that the caller removes.
 */
export async function packNodes(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'twelvelabs-pack-'));
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: packageFolder,
    env: quietEnvironment(),
  });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`npm pack left no tarball in ${folder}`);
  return path.join(folder, tarball);
}

/** Installs tarballs or packages into a Node-RED user folder, as its palette manager would. */
export async function installInto(
  userDir: string,
  packages: readonly string[],
  { offline = true } = {},
): Promise<void> {
  await writeFile(
    path.join(userDir, 'package.json'),
    JSON.stringify({ name: 'node-red-project', private: true }),
    { flag: 'wx' },
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const args = ['install', '--ignore-scripts', ...(offline ? ['--offline'] : []), ...packages];
  await run('npm', args, { cwd: userDir, env: quietEnvironment() });
}

let packed: Promise<Buffer> | undefined;

/** A further Node-RED package of this workspace, as `packages` of a start takes it. */
export function installedPackage(name: string): string {
  return path.dirname(require.resolve(`${name}/package.json`));
}

/** Names a tarball that is there already, so that not every test file packs its own. */
export const TARBALL_VARIABLE = 'NODE_RED_TWELVELABS_TARBALL';

/**
 * Puts the packed nodes into a folder. Packed once in a process, and kept in memory between: a process that is
 * killed leaves no tarball behind.
 * @returns the tarball's path
 */
export async function placeTarball(folder: string): Promise<string> {
  const given = process.env[TARBALL_VARIABLE];
  if (given) return given;
  packed ??= packNodes().then(async (file) => {
    const bytes = await readFile(file);
    await removeFolder(path.dirname(file));
    return bytes;
  });
  const tarball = path.join(folder, 'node-red-twelvelabs.tgz');
  await writeFile(tarball, await packed);
  return tarball;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

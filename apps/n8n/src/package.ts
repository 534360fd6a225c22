import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const PACKAGE_NAME = 'n8n-nodes-twelvelabs';
export const PACKAGE_DIR = path.resolve(import.meta.dirname, '../../../packages/n8n-nodes-twelvelabs');

let packed: Promise<string> | undefined;

/** The package as it would be published, packed and unpacked once per process; removed when the process ends. */
export function packedPackage(): Promise<string> {
  // A test worker uses what the test run packed: workers are ended without a chance to clean up.
  const { N8N_PACKED_NODE } = process.env;
  packed ??= N8N_PACKED_NODE ? Promise.resolve(N8N_PACKED_NODE) : pack();
  return packed;
}

async function pack(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-pack-'));
  removeAtExit(dir);
  // pnpm, not npm: it writes real versions for `workspace:` and `catalog:`.
  // The one that runs this script, when one does: a native program, or a script in older versions.
  const pnpm = process.env.npm_execpath?.includes('pnpm') ? process.env.npm_execpath : undefined;
  const [command, ...args] = pnpm
    ? /\.[cm]?js$/.test(pnpm)
      ? [process.execPath, pnpm]
      : [pnpm]
    : ['npx', '-y', 'pnpm@12.21.0'];
  await run(command as string, [...args, 'pack', '--pack-destination', dir], { cwd: PACKAGE_DIR });
  const [tarball] = (await readdir(dir)).filter((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`pnpm pack left no tarball in ${dir}`);
  await run('tar', ['-xzf', path.join(dir, tarball), '-C', dir]);
  return path.join(dir, 'package');
}

function removeAtExit(dir: string): void {
  // Asynchronous work is not done any more when a process exits.
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
}

/** Installs the packed package where n8n puts community packages that people install. */
export async function installPackedNode(userFolder: string): Promise<void> {
  const nodes = path.join(userFolder, '.n8n', 'nodes');
  const target = path.join(nodes, 'node_modules', PACKAGE_NAME);
  await rm(target, { recursive: true, force: true });
  await mkdir(path.dirname(target), { recursive: true });
  await cp(await packedPackage(), target, { recursive: true });
  const manifest = { name: 'installed-nodes', private: true, dependencies: { [PACKAGE_NAME]: '0.0.0' } };
  await writeFile(path.join(nodes, 'package.json'), JSON.stringify(manifest));
}

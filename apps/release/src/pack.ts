import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runOk } from './run.ts';
import { shellEnvironment } from './shell-environment.ts';
import { type Published, root } from './workspace.ts';

/** A package as it would be published. */
export interface Packed {
  /** The `.tgz`, absolute. */
  readonly tarball: string;
  /** Its content unpacked, absolute. */
  readonly folder: string;
}

/** pnpm as it runs this, else the one that `package.json` names. */
const pnpm: readonly [string, ...string[]] = process.env.npm_execpath?.includes('pnpm')
  ? process.env.npm_execpath.endsWith('js')
    ? [process.execPath, process.env.npm_execpath]
    : [process.env.npm_execpath]
  : ['npx', '-y', 'pnpm@12.21.0'];

/** pnpm's command line with these arguments. */
export function pnpmCommand(...args: string[]): [string, string[]] {
  const [command, ...first] = pnpm;
  return [command, [...first, ...args]];
}

/**
 * Packs a built package with pnpm, which writes real versions in the place of `workspace:` and `catalog:`.
 * @param target an existing folder, absolute
 */
export async function pack(published: Published, target: string): Promise<Packed> {
  const parent = join(target, published.replaceAll('/', '-'));
  await mkdir(parent);
  await runOk(...pnpmCommand('pack', '--pack-destination', parent), {
    cwd: join(root, published),
    env: shellEnvironment(),
  });
  const [name] = await readdir(parent);
  if (!name?.endsWith('.tgz')) throw new Error(`pnpm pack left no tarball of ${published}`);
  const tarball = join(parent, name);
  await runOk('tar', ['-xzf', tarball, '-C', parent], { cwd: parent });
  return { tarball, folder: join(parent, 'package') };
}

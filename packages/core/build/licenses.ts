import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

/**
 * Writes the licenses of bundled packages beside the bundle, as they ask for.
 * @param packages names of core's dependencies, or absolute folders of others
 */
export async function writeLicenses(packages: readonly string[], path: string): Promise<void> {
  const texts = packages.map(async (one) => {
    const folder = isAbsolute(one) ? one : dirname(resolve(`${one}/package.json`));
    const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
    };
    return `${name} ${version}\n\n${(await readFile(join(folder, 'LICENSE'), 'utf8')).trim()}\n`;
  });
  await writeFile(path, (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`));
}

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

/** Writes the licences of bundled packages beside the bundle, as they ask for. */
export async function writeLicences(packages: readonly string[], path: string): Promise<void> {
  const texts = packages.map(async (name) => {
    const folder = dirname(resolve(`${name}/package.json`));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return `${name} ${version}\n\n${(await readFile(join(folder, 'LICENSE'), 'utf8')).trim()}\n`;
  });
  await writeFile(path, (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`));
}

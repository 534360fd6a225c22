import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

// The npm package has one build, for Linux on x64. Elsewhere the tests take the machine's Google Chrome.
const isBundled = process.platform === 'linux' && process.arch === 'x64';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--no-first-run',
];

/** Starts a browser for tests. @param flags beside those that a container needs */
export async function launchChromium(...flags: string[]): Promise<Browser> {
  return await chromium.launch({ ...(await whichBrowser()), args: [...FLAGS, ...flags] });
}

async function whichBrowser(): Promise<LaunchOptions> {
  if (!isBundled) return { channel: 'chrome' };
  const folder = await unpacked();
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  };
}

/**
 * The package's files, unpacked beside it once. Its own way would be a file in the temporary folder that anybody on
 * the machine could have put there.
 */
async function unpacked(): Promise<string> {
  const packed = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
  const folder = join(packed, 'unpacked');
  if (existsSync(folder)) return folder;
  const own = await mkdtemp(join(packed, 'unpacking-'));
  try {
    const decompressed = (name: string) =>
      createReadStream(join(packed, name)).pipe(createBrotliDecompress());
    await pipeline(decompressed('chromium.br'), createWriteStream(join(own, 'chromium'), { mode: 0o755 }));
    // The libraries that a machine without a desktop lacks. By a file: tar closes a pipe at the archive's end mark.
    const archive = join(own, 'libraries.tar');
    await pipeline(decompressed('al2023.tar.br'), createWriteStream(archive));
    await promisify(execFile)('tar', ['-xf', archive, '-C', own]);
    await rm(archive);
    await rename(own, folder);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return folder;
}

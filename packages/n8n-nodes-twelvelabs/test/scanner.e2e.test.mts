import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-scan-'));
  // The same files as pnpm's, which publishes, and no need to find out how this pnpm was started.
  await run('npm', ['pack', '--pack-destination', dir], { cwd: root });
  const [tarball = ''] = (await readdir(dir)).filter((name) => name.endsWith('.tgz'));
  await run('tar', ['-xzf', path.join(dir, tarball), '-C', dir]);
}, 60_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

/** n8n's `analyzePackage`, in a process of its own. */
async function scan(folder: string, patterns: string): Promise<unknown> {
  const script = `
    import * as scanner from '@n8n/scan-community-package/scanner/scanner.mjs';
    const patterns = ${patterns};
    console.log(JSON.stringify(await scanner.analyzePackage(${JSON.stringify(folder)}, patterns)));
  `;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    // n8n's rules look at other things while NODE_ENV is `test`.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return JSON.parse(stdout);
}

describe('what n8n verifies', () => {
  it('its scanner finds nothing in the source', async () => {
    expect(await scan(root, 'scanner.SOURCE_FILE_PATTERNS')).toEqual({ passed: true });
  });

  it('its scanner finds nothing in the packed package', async () => {
    expect(await scan(path.join(dir, 'package'), `['**/*.js', 'package.json']`)).toEqual({
      passed: true,
    });
  });

  it('the packed package holds what n8n needs, and depends on nothing', async () => {
    const manifest = JSON.parse(await readFile(path.join(dir, 'package', 'package.json'), 'utf8'));
    expect(manifest.dependencies ?? {}).toEqual({});
    const files = (await readdir(path.join(dir, 'package'), { recursive: true })).map((name) =>
      name.replaceAll('\\', '/'),
    );
    for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) expect(files).toContain(file);
    for (const node of manifest.n8n.nodes) expect(files).toContain(node.replace(/\.js$/, '.json'));
    expect(files).toContain('dist/icons/twelvelabs.svg');
    expect(files.filter((file) => /\.ts$|(^|\/)(test|node_modules)\//.test(file))).toEqual([]);
  });

  it('no rule is switched off in the source', async () => {
    for (const folder of ['nodes', 'credentials']) {
      for (const name of await readdir(path.join(root, folder), { recursive: true })) {
        if (!name.endsWith('.ts')) continue;
        expect(await readFile(path.join(root, folder, name), 'utf8')).not.toMatch(
          /eslint-disable|@ts-|biome-ignore/,
        );
      }
    }
  });
});

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { codeSpansOfTables } from '../../src/markdown.ts';
import { files, type Manifest, manifest, PUBLISHED, read, root } from '../../src/workspace.ts';

/** Licenses under which something may be part of what we publish: all ask for no more than to be named. */
const ALLOWED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];

const folders = ['', ...files('apps/*/package.json', 'packages/*/package.json').map(dirname)];
const dependenciesOf = (
  folder: string,
  ...kinds: ('dependencies' | 'devDependencies' | 'peerDependencies')[]
) =>
  kinds
    .flatMap((kind) => Object.keys(manifest(folder)[kind] ?? {}))
    .filter((name) => !name.startsWith('@twelvelabs-nodes/') && name !== 'n8n-nodes-twelvelabs');

const page = read('docs/dependencies.md');

it('every dependency is on the page that says what it is for, and the page names no other', () => {
  const all = folders.flatMap((folder) =>
    dependenciesOf(folder, 'dependencies', 'devDependencies', 'peerDependencies'),
  );
  expect([...new Set(codeSpansOfTables(page, 0))].sort()).toEqual([...new Set(all)].sort());
});

/** A package as it is installed for another one. */
function installed(name: string, from: string): { folder: string; manifest: Manifest } {
  for (let folder = from; folder.startsWith(root) && folder.length >= root.length; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    try {
      return {
        folder: candidate,
        manifest: JSON.parse(readFileSync(join(candidate, 'package.json'), 'utf8')),
      };
    } catch {}
  }
  throw new Error(`${name} is not installed for ${from}`);
}

it('what is published, and everything below it, has a license that allows it', () => {
  const seen = new Map<string, string>();
  const visit = (name: string, from: string): void => {
    const { folder, manifest: found } = installed(name, from);
    if (seen.has(`${name}@${found.version}`)) return;
    seen.set(`${name}@${found.version}`, found.license ?? 'none');
    for (const need of Object.keys(found.dependencies ?? {})) visit(need, folder);
  };
  for (const folder of PUBLISHED) {
    for (const name of dependenciesOf(folder, 'dependencies')) visit(name, join(root, folder));
  }
  // These are bundled, which is publishing as well.
  for (const name of ['ipaddr.js', 'undici']) visit(name, join(root, 'packages/core'));
  visit('undici-7', join(root, 'packages/node-red-twelvelabs'));
  expect([...seen.keys()].map((name) => name.replace(/@[^@]*$/, '')).sort()).toEqual([
    'ipaddr.js',
    'undici',
    'undici-7',
    'zod',
  ]);
  expect([...seen].filter(([, license]) => !ALLOWED.includes(license))).toEqual([]);
});

it('every package of the workspace is under the license of the repository', () => {
  expect(read('LICENSE')).toMatch(/^MIT License/);
  for (const folder of folders.slice(1)) expect(manifest(folder).license, folder).toBe('MIT');
});

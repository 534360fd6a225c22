import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/run.ts';
import { files, manifest, root } from '../../src/workspace.ts';

const cruiser = join(import.meta.dirname, '../../node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const config = join(import.meta.dirname, '../../dependency-cruiser.config.js');
const fixtures = join(import.meta.dirname, '../fixtures');

interface Cruised {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
    readonly totalCruised: number;
  };
}

async function cruise(paths: readonly string[], cwd = root): Promise<Cruised['summary']> {
  const { stdout, stderr } = await run(
    process.execPath,
    [cruiser, '--config', config, '--output-type', 'json', ...paths],
    { cwd },
  );
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as Cruised).summary;
}

it('imports: apps → packages → core, no cycle of files or folders, and core is pure', async () => {
  const { violations, totalCruised } = await cruise(sourceFolders());
  expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  // Without a compiler that it can use, it would find next to nothing.
  expect(totalCruised).toBeGreaterThan(files('packages/core/src/*.ts').length);
});

it('is awake: it finds a cycle', async () => {
  const { violations } = await cruise(['apps/release/test/fixtures/cycle']);
  expect(violations.map(({ rule }) => rule.name)).toContain('no-cycle');
});

it('finds what breaks the order of layers, and only that', async () => {
  const { violations } = await cruise(['packages'], join(fixtures, 'layers'));
  expect(violations.map(({ rule }) => rule.name).sort()).toEqual([
    'core-layer-search', // a resource imports another one
    'core-layer-text', // a layer imports one above it
    'core-layer-unknown', // a folder that is no layer
  ]);
});

function sourceFolders(): string[] {
  const folders = files(
    ':(glob)packages/*/src/**',
    ':(glob)packages/*/nodes/**',
    ':(glob)packages/*/credentials/**',
    ':(glob)apps/*/src/**',
  ).map((path) => path.split('/').slice(0, 3).join('/'));
  return [...new Set(folders)];
}

describe('packages need', () => {
  const names = new Map(
    files('packages/*/package.json', 'apps/*/package.json').map((path) => [
      manifest(dirname(path)).name,
      dirname(path),
    ]),
  );
  const ours = (folder: string, kind: 'dependencies' | 'devDependencies') =>
    Object.keys(manifest(folder)[kind] ?? {}).flatMap((name) => names.get(name) ?? []);

  it('nothing of each other at run time but core', () => {
    for (const folder of names.values()) {
      if (!folder.startsWith('packages/')) continue;
      expect(ours(folder, 'dependencies'), folder).toEqual([]);
      const tests = ours(folder, 'devDependencies').filter((need) => need !== 'apps/emulator');
      expect(tests, folder).toEqual(folder === 'packages/core' ? [] : ['packages/core']);
    }
  });

  it('no package that needs them, at run time or for tests', () => {
    const cycles: string[] = [];
    const visit = (folder: string, path: readonly string[]): void => {
      if (path.includes(folder)) {
        cycles.push([...path, folder].join(' → '));
        return;
      }
      for (const need of [...ours(folder, 'dependencies'), ...ours(folder, 'devDependencies')]) {
        visit(need, [...path, folder]);
      }
    };
    for (const folder of names.values()) visit(folder, []);
    expect(cycles).toEqual([]);
  });
});

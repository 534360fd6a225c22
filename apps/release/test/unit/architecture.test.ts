import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/run.ts';
import { files, manifest, root } from '../../src/workspace.ts';

const cruiser = join(import.meta.dirname, '../../node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

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

async function cruise(...paths: string[]): Promise<Cruised['summary']> {
  const { stdout, stderr } = await run(
    process.execPath,
    [cruiser, '--config', 'apps/release/dependency-cruiser.config.js', '--output-type', 'json', ...paths],
    { cwd: root },
  );
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as Cruised).summary;
}

it('imports: apps → packages → core, no cycle of files or folders, and core is pure', async () => {
  const { violations, totalCruised } = await cruise(...sourceFolders());
  expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  // Without a compiler that it can use, it would find next to nothing.
  expect(totalCruised).toBeGreaterThan(files('packages/core/src/*.ts').length);
});

it('is awake: it finds a cycle', async () => {
  const { violations } = await cruise('apps/release/test/fixtures/cycle');
  expect(violations.map(({ rule }) => rule.name)).toContain('no-cycle');
});

function sourceFolders(): string[] {
  const folders = files(
    'packages/*/src/*',
    'packages/*/nodes/*',
    'packages/*/credentials/*',
    'apps/*/src/*',
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

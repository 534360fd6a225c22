import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { installInto, placeTarball } from '../src/harness/install.ts';

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

test('every check of the scorecard passes on the packed package; P08 and N01 against an empty catalogue', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'node-red-scorecard-'));
  try {
    await installInto(folder, [await placeTarball(folder)]);
    const output = path.join(folder, 'scorecard.json');
    const installed = path.join(folder, 'node_modules/@twelvelabs-nodes/node-red-twelvelabs');
    await run(process.execPath, [
      ...['--require', path.join(import.meta.dirname, 'scorecard-answers.cjs')],
      path.join(path.dirname(resolve('node-red-dev/package.json')), 'bin/run'),
      ...['validate', '--path', installed, '--output', output],
    ]);
    const { package: checked, ...checks } = JSON.parse(await readFile(output, 'utf8')) as Record<
      string,
      { test: boolean }
    >;
    expect(checked).toMatchObject({ name: '@twelvelabs-nodes/node-red-twelvelabs' });
    expect(Object.keys(checks).sort()).toEqual([
      'D01',
      'D02',
      'D03',
      'N01',
      'N02',
      'P01',
      'P03',
      'P04',
      'P05',
      'P06',
      'P07',
      'P08',
    ]);
    const failed = Object.entries(checks).filter(([, { test: passed }]) => !passed);
    expect(failed).toEqual([]);
    expect(checks.N02).toMatchObject({
      nodes: expect.arrayContaining(['twelvelabs-create-asset', 'twelvelabs-delete-asset']),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

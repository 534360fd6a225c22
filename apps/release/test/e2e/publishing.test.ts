import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { run } from '../../src/run.ts';
import { PUBLISHED, root } from '../../src/workspace.ts';

const fromRoot = createRequire(join(root, 'package.json'));
const publint = join(dirname(fromRoot.resolve('publint')), 'cli.js');
const attw = join(dirname(fromRoot.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js');

describe.each(PUBLISHED)('%s', (published) => {
  it('has nothing that publint warns of or suggests', async () => {
    const { tarball } = inject('packed')[published];
    const { code, stdout, stderr } = await run(process.execPath, [publint, tarball, '--strict'], {
      cwd: root,
    });
    expect(stdout + stderr).toMatch(/All good!/);
    expect(code).toBe(0);
  });
});

// The host packages are loaded by their hosts, by file name; only core is imported by people's code.
it('core has types that are right under every resolution', async () => {
  const { tarball } = inject('packed')['packages/core'];
  // node10 knows no `exports`: only the main entry can resolve there, and Node.js 22 has not resolved so for years.
  const { code, stdout } = await run(
    process.execPath,
    [attw, tarball, '--profile', 'node16', '--format', 'json'],
    {
      cwd: root,
    },
  );
  const { analysis, problems = {} } = JSON.parse(stdout) as {
    analysis: { entrypoints: Record<string, unknown> };
    problems?: Record<string, readonly { readonly resolutionKind?: string }[]>;
  };
  expect(Object.keys(analysis.entrypoints)).toEqual(['.', './node', './node/assets', './package.json']);
  const found = Object.values(problems).flat();
  expect(found.filter(({ resolutionKind }) => resolutionKind !== 'node10')).toEqual([]);
  expect(code).toBe(0);
});

import { statSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type PackageManager, Project } from '../../src/package-managers.ts';
import { runOk } from '../../src/run.ts';
import { manifest, root } from '../../src/workspace.ts';

const fixtures = join(import.meta.dirname, '../fixtures/consumer');
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

describe.each<PackageManager>(['npm', 'pnpm', 'yarn'])(
  'core in an empty project, installed by %s',
  (manager) => {
    it('is imported and required, and creates an asset', async () => {
      await using project = await Project.create(manager);
      await project.add(inject('packed')['packages/core'].tarball);
      await cp(fixtures, project.folder, { recursive: true });
      for (const script of ['esm.mjs', 'cjs.cjs']) {
        const said = await project.node(script, emulator.baseUrl, sampleVideo);
        expect(JSON.parse(said), script).toEqual({
          status: 'ready',
          size: statSync(sampleVideo).size,
          sameClass: true,
          refused: true,
          schema: false,
        });
      }
    });
  },
);

describe('types of core', () => {
  it.each([
    { resolution: 'node16', type: 'module' },
    { resolution: 'node16', type: 'commonjs' },
    { resolution: 'bundler', type: 'module' },
  ])('resolve under $resolution in a $type package', async ({ resolution, type }) => {
    await using project = await Project.create('npm');
    await project.add(
      inject('packed')['packages/core'].tarball,
      `@types/node@${manifest('').devDependencies?.['@types/node']}`,
    );
    await cp(fixtures, project.folder, { recursive: true });
    await writeFile(join(project.folder, 'package.json'), JSON.stringify({ name: 'consumer', type }));
    const shared = {
      strict: true,
      noEmit: true,
      module: resolution === 'bundler' ? 'preserve' : 'node16',
      moduleResolution: resolution,
      target: 'es2023',
    };
    const configs = {
      'pure.json': {
        lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
        types: [],
        file: 'pure.ts',
      },
      'node.json': { lib: ['es2023', 'esnext.disposable'], types: ['node'], file: 'node.ts' },
    };
    for (const [name, { file, ...own }] of Object.entries(configs)) {
      const config = { compilerOptions: { ...shared, ...own }, files: [file] };
      await writeFile(join(project.folder, name), JSON.stringify(config));
      await runOk(join(root, 'node_modules/.bin/tsc'), ['-p', name], { cwd: project.folder });
    }
  });
});

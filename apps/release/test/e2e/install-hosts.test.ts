import { statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  chain,
  createHome,
  executeOnce,
  type Home,
  importCredential,
  importWorkflow,
  NODE_TYPE,
  readFileNode,
} from '@twelvelabs-nodes/app-n8n';
import { NodeRed } from '@twelvelabs-nodes/app-node-red';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { samplesDir, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type PackageManager, Project } from '../../src/package-managers.ts';
import { manifest } from '../../src/workspace.ts';

const MANAGERS: readonly PackageManager[] = ['npm', 'pnpm', 'yarn'];

describe('the n8n package in a real n8n', () => {
  let emulator: Emulator;
  let home: Home;
  let workflow: string;

  // One database for all: making it takes longer than a run.
  beforeAll(async () => {
    emulator = await startEmulator({ processingMs: 20 });
    home = await createHome({ withNode: false, filesDir: samplesDir });
    const credential = { id: 'installed', name: 'TwelveLabs account' };
    const data = { apiKey: emulator.apiKey, baseUrl: emulator.baseUrl };
    await importCredential(home, { ...credential, data });
    const create = {
      resource: 'asset',
      operation: 'create',
      method: 'direct',
      options: { waitUntilReady: true },
    };
    const node = { name: 'TwelveLabs', type: NODE_TYPE, parameters: create, credential };
    workflow = await importWorkflow(home, chain('Installed', [{}], [readFileNode({}, sampleVideo), node]));
  });
  afterAll(async () => {
    await home?.remove();
    await emulator?.close();
  });

  it.each(MANAGERS)(
    'creates an asset, installed by %s where n8n keeps what people install',
    async (manager) => {
      const folder = join(home.dir, '.n8n/nodes');
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      await using project = await Project.create(manager, { folder, nodeModules: true });
      await project.add(inject('packed')['packages/n8n-nodes-twelvelabs'].tarball);
      const execution = await executeOnce(home, workflow);
      const run = execution.nodes.TwelveLabs;
      expect(run?.error ?? execution.error).toBeUndefined();
      expect(run?.outputs[0]?.map(({ json }) => json)).toMatchObject([
        { status: 'ready', size: statSync(sampleVideo).size },
      ]);
    },
  );
});

describe.each(MANAGERS)('installed by %s into an empty project', (manager) => {
  it('the Node-RED package registers its nodes in a real Node-RED', async () => {
    // Node-RED looks for nodes there.
    await using project = await Project.create(manager, { nodeModules: true });
    await project.add(inject('packed')['packages/node-red-twelvelabs'].tarball);
    await using nodeRed = await NodeRed.start({ userDir: project.folder, nodes: false });
    const answer = await fetch(`${nodeRed.url}/nodes`, { headers: { accept: 'application/json' } });
    const sets = (await answer.json()) as { module: string; types: string[]; err?: unknown }[];
    const ours = sets.filter(({ module }) => module === '@twelvelabs-nodes/node-red-twelvelabs');
    const declared = Object.keys(manifest('packages/node-red-twelvelabs')['node-red']?.nodes ?? {});
    expect(declared.length).toBeGreaterThan(6);
    expect(ours.flatMap(({ types }) => types).sort()).toEqual(declared.sort());
    expect(ours.filter(({ err }) => err !== undefined)).toEqual([]);
  });
});

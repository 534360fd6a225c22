import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeRed } from '@twelvelabs-nodes/app-node-red';
import { describe, expect, inject, it } from 'vitest';
import { type PackageManager, Project } from '../../src/package-managers.ts';
import { read } from '../../src/workspace.ts';

/** Registers each node of the n8n package as n8n does: by `require`, from the list in its `package.json`. */
const LOAD_LIKE_N8N = `
const path = require('node:path');
const manifest = require.resolve('n8n-nodes-twelvelabs/package.json');
const { n8n } = require(manifest);
const load = (file) => {
  const name = path.basename(file).split('.')[0];
  const made = new (require(path.join(path.dirname(manifest), file))[name])();
  return (made.description ?? made).name;
};
process.stdout.write(JSON.stringify([...n8n.nodes, ...n8n.credentials].map(load)));
`;

describe.each<PackageManager>(['npm', 'pnpm', 'yarn'])('installed by %s into an empty project', (manager) => {
  it('the n8n package loads, with nothing but what n8n brings', async () => {
    await using project = await Project.create(manager);
    const tarball = inject('packed')['packages/n8n-nodes-twelvelabs'].tarball;
    const workflow = /n8n-workflow: (\S+)/.exec(read('pnpm-workspace.yaml'))?.[1];
    await project.add(tarball, `n8n-workflow@${workflow}`, 'zod@3.25.76');
    await writeFile(join(project.folder, 'load.cjs'), LOAD_LIKE_N8N);
    expect(JSON.parse(await project.node('load.cjs'))).toEqual([
      'twelveLabs',
      'twelveLabsTrigger',
      'twelveLabsApi',
    ]);
  });

  it('the Node-RED package registers its nodes in a real Node-RED', async () => {
    // Node-RED looks for nodes there.
    await using project = await Project.create(manager, { nodeModules: true });
    await project.add(inject('packed')['packages/node-red-twelvelabs'].tarball);
    await using nodeRed = await NodeRed.start({ userDir: project.folder, nodes: false });
    const answer = await fetch(`${nodeRed.url}/nodes`, { headers: { accept: 'application/json' } });
    const sets = (await answer.json()) as { module: string; types: string[]; err?: unknown }[];
    const ours = sets.filter(({ module }) => module === '@twelvelabs-nodes/node-red-twelvelabs');
    expect(ours.flatMap(({ types }) => types).sort()).toEqual([
      'twelvelabs-config',
      'twelvelabs-create-asset',
      'twelvelabs-delete-asset',
      'twelvelabs-get-asset',
      'twelvelabs-list-assets',
      'twelvelabs-update-metadata',
      'twelvelabs-wait-until-ready',
    ]);
    expect(ours.filter(({ err }) => err !== undefined)).toEqual([]);
  });
});

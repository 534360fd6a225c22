import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createNodeAssetsClient, fileFromPath } from '@twelvelabs-nodes/core/node';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, expect, it, vi } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { readExecution, saveWorkflow } from '../src/execute.ts';
import { unflatten } from '../src/flatted.ts';
import { createHome } from '../src/home.ts';
import { executionsOf, publishWorkflow } from '../src/publish.ts';
import type { Rest } from '../src/rest.ts';
import { startN8n } from '../src/server.ts';
import { chain, TRIGGER_TYPE, type Workflow } from '../src/workflow.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const NODE = 'TwelveLabs Trigger';
/** n8n takes no "*" for the seconds of a poll: this is every other second. */
const OFTEN = `${Array.from({ length: 30 }, (_, index) => index * 2).join(',')} * * * * *`;

const emulator = await startEmulator({ apiKeys: [MARKER_KEY], processingMs: 1_000 });
const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-trigger-'));
const home = await createHome();
afterAll(async () => {
  await emulator.close();
  await home.remove();
  await rm(dir, { recursive: true });
});

const client = createNodeAssetsClient({ apiKey: MARKER_KEY, baseUrl: emulator.baseUrl });
const upload = async (file: string, filename: string) =>
  client.create({ method: 'direct', file: await fileFromPath(file), filename });
const polls = () =>
  emulator.requests().filter(({ path, query }) => path === '/v1.3/assets' && !query.asset_ids).length;
const pollsPass = (count: number) => {
  const until = polls() + count;
  return vi.waitFor(() => expect(polls()).toBeGreaterThanOrEqual(until), { timeout: 60_000, interval: 100 });
};

function triggerWorkflow(credential: { id: string; name: string }, parameters: object): Workflow {
  const [, ...nodes] = chain(
    'Trigger',
    [],
    [
      {
        name: NODE,
        type: TRIGGER_TYPE,
        credential,
        parameters: { pollTimes: { item: [{ mode: 'custom', cronExpression: OFTEN }] }, ...parameters },
      },
      { name: 'Next', type: 'n8n-nodes-base.noOp' },
    ],
  ).nodes;
  const connections = { [NODE]: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } };
  return {
    name: 'Trigger',
    nodes,
    connections,
    settings: { executionOrder: 'v1' },
    pinData: {},
    active: false,
  };
}

/** What a workflow was started with, in order: event and name of each item. */
async function told(rest: Rest, workflowId: string): Promise<string[]> {
  const ids = await executionsOf(rest, workflowId);
  const items: string[] = [];
  for (const id of ids.sort((one, other) => Number(one) - Number(other))) {
    const { status, data } = await rest.get<{ status: string; data: string }>(`/rest/executions/${id}`);
    const { nodes } = readExecution(id, status, unflatten(data));
    for (const { json } of nodes[NODE]?.outputs[0] ?? []) items.push(`${json.event} ${json.filename}`);
  }
  return items;
}

it('tells each event once, from the activation on, also over a restart', async () => {
  await upload(sampleVideo, 'before.mp4');
  await emulator.settled();

  let n8n = await startN8n({ home });
  const credential = await saveCredential(n8n.rest, { apiKey: MARKER_KEY, baseUrl: emulator.baseUrl });
  const all = { events: ['created', 'ready', 'failed'] };
  const everything = await saveWorkflow(n8n.rest, triggerWorkflow(credential, all));
  const filters = { kinds: ['image'], filename: 'PIC' };
  const pictures = await saveWorkflow(n8n.rest, triggerWorkflow(credential, { ...all, filters }));
  try {
    await publishWorkflow(n8n.rest, everything);
    await publishWorkflow(n8n.rest, pictures);
    await pollsPass(4);

    await upload(sampleVideo, 'first.mp4');
    await upload(sampleImage, 'picture.jpg');
    await upload(sampleImage, 'other.jpg');
    await emulator.settled();
    await pollsPass(4);
    await n8n.stop();

    const text = path.join(dir, 'text.mp4');
    await writeFile(text, 'no video at all');
    await upload(text, 'broken.mp4');
    await upload(sampleImage, 'picture-2.jpg');
    await emulator.settled();

    n8n = await startN8n({ home });
    await vi.waitFor(async () => expect(await told(n8n.rest, everything)).toContain('failed broken.mp4'), {
      timeout: 60_000,
      interval: 500,
    });
    await pollsPass(6);

    const names = ['first.mp4', 'picture.jpg', 'other.jpg', 'picture-2.jpg'];
    expect((await told(n8n.rest, everything)).sort()).toEqual(
      [
        ...names.flatMap((name) => [`created ${name}`, `ready ${name}`]),
        'created broken.mp4',
        'failed broken.mp4',
      ].sort(),
    );
    expect((await told(n8n.rest, pictures)).sort()).toEqual(
      ['picture.jpg', 'picture-2.jpg'].flatMap((name) => [`created ${name}`, `ready ${name}`]).sort(),
    );
  } finally {
    await n8n.stop();
  }
});

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
import { executionsOf, publishWorkflow, unpublishWorkflow } from '../src/publish.ts';
import type { Rest } from '../src/rest.ts';
import { startN8n } from '../src/server.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';
import { TRIGGER_NAME, triggerWorkflow } from './support/trigger-workflow.ts';

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
  emulator.requests().filter(({ method, query }) => method === 'GET' && !query.asset_ids).length;

/** Waits until a number of polls more than `before` were answered. */
const polled = (before: number, count: number) =>
  vi.waitFor(() => expect(polls()).toBeGreaterThanOrEqual(before + count), {
    timeout: 60_000,
    interval: 100,
  });

/** n8n polls at most once a minute, and once at each activation: so a poll at will. */
async function poll(rest: Rest, workflowIds: readonly string[]): Promise<void> {
  const before = polls();
  for (const id of workflowIds) {
    await unpublishWorkflow(rest, id);
    await publishWorkflow(rest, id);
  }
  await polled(before, workflowIds.length);
}

/** What a workflow was started with, in order: event and name of each item. */
async function told(rest: Rest, workflowId: string): Promise<string[]> {
  const ids = await executionsOf(rest, workflowId);
  const items: string[] = [];
  for (const id of ids.sort((one, other) => Number(one) - Number(other))) {
    const { status, data } = await rest.get<{ status: string; data: string }>(`/rest/executions/${id}`);
    const { nodes } = readExecution(id, status, unflatten(data));
    for (const { json } of nodes[TRIGGER_NAME]?.outputs[0] ?? [])
      items.push(`${json.event} ${json.filename}`);
  }
  return items;
}

it('tells each event once, from the activation on, also when n8n was killed in between', async () => {
  await upload(sampleVideo, 'before.mp4');
  await emulator.settled();

  let n8n = await startN8n({ home });
  const credential = await saveCredential(n8n.rest, { apiKey: MARKER_KEY, baseUrl: emulator.baseUrl });
  const all = { events: ['created', 'ready', 'failed'] };
  const everything = await saveWorkflow(n8n.rest, triggerWorkflow(credential, all));
  const filters = { kinds: ['image'], filename: 'PIC' };
  const pictures = await saveWorkflow(n8n.rest, triggerWorkflow(credential, { ...all, filters }));
  const watching = [everything, pictures];
  try {
    const start = polls();
    for (const id of watching) await publishWorkflow(n8n.rest, id);
    await polled(start, 2);

    await upload(sampleVideo, 'first.mp4');
    await poll(n8n.rest, watching);
    await upload(sampleImage, 'picture.jpg');
    await upload(sampleImage, 'other.jpg');
    await emulator.settled();
    await poll(n8n.rest, watching);
    await poll(n8n.rest, watching);
    // Without a chance to write down anything more, and with all that was told told.
    n8n.process.child.kill('SIGKILL');
    await n8n.stop();

    const text = path.join(dir, 'text.mp4');
    await writeFile(text, 'no video at all');
    await upload(text, 'broken.mp4');
    await upload(sampleImage, 'picture-2.jpg');
    await emulator.settled();

    const restart = polls();
    n8n = await startN8n({ home });
    await polled(restart, watching.length);
    await poll(n8n.rest, watching);
    await vi.waitFor(async () => expect(await told(n8n.rest, everything)).toContain('failed broken.mp4'), {
      timeout: 30_000,
      interval: 200,
    });

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

import { createTwelveLabsClient, fileFromPath } from '@twelvelabs-nodes/core/node';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { expect, it, vi } from 'vitest';
import { readExecution, saveWorkflow, startWorkflow, untilOver } from '../src/execute.ts';
import { unflatten } from '../src/flatted.ts';
import { executionsOf, publishWorkflow, unpublishWorkflow } from '../src/publish.ts';
import { setUp } from './support/run.ts';
import { TRIGGER_NAME, triggerWorkflow } from './support/trigger-workflow.ts';

const { emulator, rest, credential } = await setUp();
const client = createTwelveLabsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });

/** Times that the list of the index was read. */
const polls = (index_id: string) =>
  emulator.requests().filter(({ path }) => path === `/v1.3/indexes/${index_id}/indexed-assets`).length;

/** n8n polls at most once a minute, and once at each activation: so a poll at will. */
async function poll(workflowId: string, index_id: string): Promise<void> {
  const before = polls(index_id);
  await unpublishWorkflow(rest, workflowId);
  await publishWorkflow(rest, workflowId);
  await vi.waitFor(() => expect(polls(index_id)).toBeGreaterThan(before), { timeout: 60_000, interval: 100 });
}

it('tells once of each asset of an index that can be searched, or could not be indexed', async () => {
  const { _id: index_id } = await client.indexes.create({ index_name: 'watched' });
  const add = async (path: string, filename: string) => {
    const file = await fileFromPath(path);
    const { _id: asset_id } = await client.assets.create({ method: 'direct', file, filename });
    await client.indexedAssets.create(index_id, { asset_id });
    await emulator.settled();
  };
  await add(sampleVideo, 'before.mp4');
  const indexId = { __rl: true, mode: 'id', value: index_id };
  const parameters = { watch: 'index', indexId, indexEvents: ['ready', 'failed'] };
  const id = await saveWorkflow(rest, triggerWorkflow(credential, parameters));
  const { nodes } = await untilOver(rest, await startWorkflow(rest, id, TRIGGER_NAME));
  expect(nodes[TRIGGER_NAME]?.outputs[0]).toMatchObject([{ json: { event: 'ready' } }]);
  try {
    await poll(id, index_id);
    await add(sampleVideo, 'first.mp4');
    // An image cannot be indexed.
    await add(sampleImage, 'image.jpg');
    await poll(id, index_id);
    await poll(id, index_id);
    await vi.waitFor(async () => expect(await told(id)).toEqual(['failed image.jpg', 'ready first.mp4']), {
      timeout: 30_000,
      interval: 200,
    });
  } finally {
    await unpublishWorkflow(rest, id);
  }
});

/** What the workflow was started with after it was published. */
async function told(workflowId: string): Promise<string[]> {
  const found: string[] = [];
  for (const id of await executionsOf(rest, workflowId)) {
    const { status, data, mode } = await rest.get<{ status: string; data: string; mode: string }>(
      `/rest/executions/${id}`,
    );
    if (mode === 'manual') continue;
    const { nodes } = readExecution(id, status, unflatten(data));
    for (const { json } of nodes[TRIGGER_NAME]?.outputs[0] ?? []) {
      const { filename } = json.system_metadata as { filename: string };
      found.push(`${json.event} ${filename}`);
    }
  }
  return found.sort();
}

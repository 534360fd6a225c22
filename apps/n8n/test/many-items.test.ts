import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, describe, expect, it } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { executeWorkflow } from '../src/execute.ts';
import { chain, NODE_TYPE, readFileNode } from '../src/workflow.ts';
import { creates, NODE, setUp } from './support/run.ts';

const { emulator, run, rest, credential } = await setUp();
const files = [sampleVideo, sampleAudio, sampleImage];
const idsOf = (items: readonly { json: Record<string, unknown> }[]) => items.map(({ json }) => json._id);

describe('a credential with an expression', () => {
  it('is resolved for each item, in every operation', async () => {
    const keys = ['tlk_one', 'tlk_two'];
    const accounts = await Promise.all(keys.map((key) => startEmulator({ apiKeys: [key] })));
    afterAll(() => Promise.all(accounts.map((account) => account.close())));
    const byItem = await saveCredential(rest, { apiKey: '={{ $json.key }}', baseUrl: '={{ $json.base }}' });
    const items = accounts.map(({ baseUrl }, index) => ({ key: keys[index], base: baseUrl }));
    const url = `${emulator.url}/samples/video.mp4`;
    const settings = { credential: byItem };
    const made = await run({ method: 'url', url, waitUntilReady: true }, items, settings);
    expect(made.error).toBeUndefined();
    for (const account of accounts) expect(creates(account)).toHaveLength(1);
    const again = items.map((item, index) => ({ ...item, id: made.json[index]?._id }));
    const assetId = { mode: 'id', value: '={{ $json.id }}' };
    for (const operation of ['get', 'waitUntilReady', 'updateMetadata', 'delete']) {
      const mode = operation === 'updateMetadata' ? { mode: 'clear' } : {};
      const { json, error } = await run({ operation, assetId, ...mode }, again, settings);
      expect(error).toBeUndefined();
      expect(json.map(({ _id }) => _id)).toEqual(again.map(({ id }) => id));
    }
    const { items: left } = await run({ operation: 'getAll' }, items, settings);
    expect(left).toEqual([]);
  });
});

describe('a failed item', () => {
  it('keeps its file, so that the branch behind the error output can try again', async () => {
    emulator.addFaults([
      {
        match: { method: 'POST' },
        action: { type: 'respond', status: 400, body: { code: 'x', message: 'once' } },
      },
    ]);
    const first = {
      name: 'First',
      type: NODE_TYPE,
      credential,
      settings: { onError: 'continueErrorOutput' },
    };
    const second = { name: NODE, type: NODE_TYPE, credential };
    const workflow = chain('Again', [{ path: sampleVideo }], [readFileNode(), first, second]);
    const connections = {
      ...workflow.connections,
      First: { main: [[], [{ node: NODE, type: 'main', index: 0 }]] },
    };
    const { nodes, status } = await executeWorkflow(rest, { ...workflow, connections });
    expect(status).toBe('success');
    expect(nodes[NODE]?.outputs[0]).toMatchObject([{ json: { filename: 'video.mp4' } }]);
  });

  it('that stops the node names the assets that others created', async () => {
    const parameters = {
      options: { filename: '={{ $itemIndex === 1 ? "" : "fine" }}' },
      advancedOptions: { concurrency: 1 },
    };
    const { error } = await run(
      parameters,
      files.map((path) => ({ path })),
    );
    const [made] = idsOf((await run({ operation: 'getAll' })).items);
    expect(error?.message).toMatch(/^File Name: /);
    expect(error?.description).toContain(`${made} (item 0)`);
  });
});

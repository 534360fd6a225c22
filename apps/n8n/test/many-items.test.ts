import { createTwelveLabsClient, fileFromPath } from '@twelvelabs-nodes/core/node';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { executeWorkflow, saveWorkflow, startWorkflow, untilOver } from '../src/execute.ts';
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

/** What the items of an operation need. */
interface Known {
  /** An index with a video of its own. */
  readonly index: string;
  readonly image: string;
  readonly collection: string;
}

const byId = (value: string) => ({ mode: 'id', value });
const TEXT = '={{ $json.text }}';
const ASSET = byId('={{ $json.text ? $json.id : "a/b" }}');

/** Operations with the endpoint that each calls once for each item. An item without a text is wrong. */
const OPERATIONS: Record<string, (known: Known) => { parameters: object; path: string }> = {
  'Analyze a Video': () => ({
    parameters: {
      resource: 'analysis',
      operation: 'analyze',
      source: 'asset',
      assetId: byId('={{ $json.id }}'),
      question: 'custom',
      prompt: TEXT,
    },
    path: '/v1.3/analyze',
  }),
  'Add an Asset to an Index': ({ index }) => ({
    parameters: {
      resource: 'indexedAsset',
      operation: 'create',
      source: 'asset',
      indexId: byId(index),
      assetId: ASSET,
    },
    path: `/v1.3/indexes/${index}/indexed-assets`,
  }),
  'Search an Index': ({ index }) => ({
    parameters: { resource: 'search', operation: 'query', indexId: byId(index), queryText: TEXT },
    path: '/v1.3/search',
  }),
  'Create an Embedding': () => ({
    parameters: { resource: 'embedding', operation: 'create', text: TEXT },
    path: '/v1.3/embed-v2',
  }),
  'Create an Entity': ({ collection, image }) => ({
    parameters: {
      resource: 'entity',
      operation: 'create',
      collectionId: byId(collection),
      entityName: TEXT,
      images: 'assets',
      assetIds: image,
    },
    path: `/v1.3/entity-collections/${collection}/entities`,
  }),
};

describe.each(Object.entries(OPERATIONS))('%s, for many items', (_, operation) => {
  let items: object[];
  let parameters: object;
  let path: string;
  let prepared: number;
  const posts = () =>
    emulator.requests().filter((request) => request.method === 'POST' && request.path === path).length;
  /** Calls of the endpoint by the node. */
  const calls = () => posts() - prepared;

  beforeEach(async () => {
    const client = createTwelveLabsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
    const create = async (sample: string, filename: string) =>
      (await client.assets.create({ method: 'direct', file: await fileFromPath(sample), filename }))._id;
    const { _id: index } = await client.indexes.create({ index_name: 'library' });
    const asset_id = await create(sampleVideo, 'library.mp4');
    await client.indexedAssets.create(index, { asset_id });
    const { _id: collection } = await client.entityCollections.create({ name: 'team' });
    const image = await create(sampleImage, 'face.jpg');
    const text = 'library';
    items = [
      { id: await create(sampleVideo, 'first.mp4'), text },
      { text: '' },
      { id: await create(sampleVideo, 'second.mp4'), text },
    ];
    await emulator.settled();
    ({ parameters, path } = operation({ index, image, collection }));
    prepared = posts();
  });

  it('each keeps its place, a wrong one harms no other, and Retry On Fail pays for none twice', async () => {
    const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0, onError: 'continueRegularOutput' };
    const { items: out, execution } = await run(parameters, items, { node });
    expect(execution.status).toBe('success');
    expect(out.map(({ json, pairedItem }) => [pairedItem, 'error' in json])).toEqual([
      [{ item: 0 }, false],
      [{ item: 1 }, true],
      [{ item: 2 }, false],
    ]);
    expect(calls()).toBe(2);
  });

  it('all run at once, and end when the execution is canceled', async () => {
    emulator.addFaults([
      { match: { method: 'POST', path, times: 'always' }, action: { type: 'stall', while: 'answering' } },
    ]);
    const node = { name: NODE, type: NODE_TYPE, credential, parameters: { ...parameters } };
    const good = items.filter((item) => 'id' in item);
    const id = await saveWorkflow(rest, chain('Canceled', good, [node]));
    const executionId = await startWorkflow(rest, id);
    await vi.waitFor(() => expect(calls()).toBe(2), { timeout: 60_000, interval: 50 });
    await rest.post(`/rest/executions/${executionId}/stop`);
    expect((await untilOver(rest, executionId)).status).toBe('canceled');
    expect(calls()).toBe(2);
  });
});

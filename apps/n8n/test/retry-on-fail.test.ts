import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it, onTestFinished } from 'vitest';
import { executeWorkflow, saveWorkflow } from '../src/execute.ts';
import { chain, NODE_TYPE, readFileNode, TRIGGER, type Workflow } from '../src/workflow.ts';
import { creates, NODE, setUp } from './support/run.ts';

const { emulator, run, rest, credential } = await setUp();
const files = [sampleVideo, sampleAudio, sampleImage];
const stored = async () => (await run({ operation: 'getAll', returnAll: true })).json.length;
const posts = (path: string) =>
  emulator.requests().filter((request) => request.method === 'POST' && request.path === `/v1.3/${path}`);

describe('Retry On Fail', () => {
  const CONTINUES = { onError: 'continueRegularOutput' };
  const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
  const bad = '={{ $itemIndex === 1 ? "" : "fine" }}';

  it.each([
    ['stops', {}],
    ['continues', { onError: 'continueRegularOutput' }],
    ['has an error output', { onError: 'continueErrorOutput' }],
  ])('creates nothing twice where the node %s', async (_, settings) => {
    const items = files.map((path) => ({ path }));
    const parameters = { options: { filename: bad } };
    await run(parameters, items, { node: { ...retrying, ...settings } });
    expect(await stored()).toBe(2);
  });

  it('returns the assets of the first try, also after waiting', async () => {
    // The third create is refused once: by then the others are there.
    emulator.addFaults([
      {
        match: { method: 'POST', nth: 3 },
        action: { type: 'respond', status: 400, body: { code: 'x', message: 'once' } },
      },
    ]);
    const items = files.map((path) => ({ path }));
    const parameters = { waitUntilReady: true, advancedOptions: { concurrency: 1 } };
    const { items: out, error } = await run(parameters, items, { node: retrying });
    expect(error).toBeUndefined();
    expect(out.map(({ json, pairedItem }) => [json.filename, json.status, pairedItem])).toEqual([
      ['video.mp4', 'ready', { item: 0 }],
      ['audio.mp3', 'ready', { item: 1 }],
      ['image.jpg', 'ready', { item: 2 }],
    ]);
    expect(await stored()).toBe(3);
  });

  it('creates one for each item of a loop', async () => {
    const items = files.map((path) => ({ path }));
    const loop = {
      name: 'Loop',
      type: 'n8n-nodes-base.splitInBatches',
      typeVersion: 3,
      parameters: { batchSize: 1 },
    };
    const node = { name: NODE, type: NODE_TYPE, credential, settings: retrying };
    const workflow = chain('Loop', items, [loop, readFileNode(), node]);
    const connections = {
      ...workflow.connections,
      Loop: { main: [[], [{ node: 'Read file', type: 'main', index: 0 }]] },
      [NODE]: { main: [[{ node: 'Loop', type: 'main', index: 0 }]] },
    };
    const { status } = await executeWorkflow(rest, { ...workflow, connections });
    expect(status).toBe('success');
    expect(await stored()).toBe(3);
  });

  it('waits for the entity of the first try, which an error names', async () => {
    const entities = '/v1.3/entity-collections/*/entities';
    const refuseOnce = () =>
      emulator.addFaults([
        { match: { method: 'GET', path: `${entities}/*` }, action: { type: 'respond', status: 403 } },
      ]);
    const collectionId = { mode: 'name', value: 'team' };
    const create = { resource: 'entity', operation: 'create', collectionId, entityName: 'Ada' };
    refuseOnce();
    const { json, error } = await run(create, [{ path: sampleImage }], { node: retrying });
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ name: 'Ada', status: 'ready' }]);
    const made = emulator
      .requests()
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/entities'));
    expect(made).toHaveLength(1);
    expect(await stored()).toBe(1);

    refuseOnce();
    const failed = await run({ ...create, entityName: 'Bob' }, [{ path: sampleImage }]);
    const { id } = (failed.error?.context?.data ?? {}) as { id?: string };
    expect(failed.error?.description).toContain(`Entity: ${id}.`);
    expect(failed.error?.description).toMatch(
      /Created before this node stopped: asset \w+ \(item 0\), entity \w+ \(item 0\)\.$/,
    );
  });

  it('goes on with the pages of a search that is billed', async () => {
    const page = (rank: number, next_page_token?: string) =>
      ({ type: 'respond', status: 200, body: { data: [{ rank }], page_info: { next_page_token } } }) as const;
    const path = '/v1.3/search/*';
    emulator.addFaults([
      { match: { path: '/v1.3/search', times: 'always' }, action: page(1, 'further') },
      { match: { path }, action: { type: 'respond', status: 403 } },
      { match: { path, nth: 2 }, action: page(2) },
    ]);
    const indexId = { mode: 'id', value: '65f0a0b1c2d3e4f5a6b7c8d9' };
    const query = { resource: 'search', operation: 'query', indexId, queryText: 'a ball', returnAll: true };
    const { json, error } = await run(query, [{}], { node: retrying });
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ rank: 1 }, { rank: 2 }]);
    expect(posts('search')).toHaveLength(1);
  });

  it.each([
    ['waits for the embedding task of the first try', { status: 403 }, 1],
    [
      'begins a new embedding task when the first one failed',
      { status: 200, body: { _id: 'task', status: 'failed' } },
      2,
    ],
  ])('%s', async (_, answer, count) => {
    emulator.addFaults([
      { match: { path: '/v1.3/embed-v2/tasks/*' }, action: { type: 'respond', ...answer } },
    ]);
    const create = { resource: 'embedding', operation: 'create', inputType: 'video', source: 'url' };
    const url = `${emulator.url}/samples/video.mp4`;
    const { json, error } = await run({ ...create, url, isLong: true }, [{}], { node: retrying });
    expect(error).toBeUndefined();
    expect(json[0]).toMatchObject({ embedding: expect.any(Array) });
    expect(posts('embed-v2/tasks')).toHaveLength(count);
  });

  it('asks nobody again whether an asset exists that nobody can find', async () => {
    emulator.addFaults([
      { match: { method: 'POST' }, action: { type: 'reset', at: 'after-stored' } },
      { match: { method: 'GET', times: 'always' }, action: { type: 'respond', status: 500 } },
    ]);
    const { error } = await run({}, [{ path: sampleImage }], { node: retrying });
    expect(error?.context?.data).toMatchObject({ code: 'uncertain_outcome' });
    expect(creates(emulator)).toHaveLength(1);
  });

  it('goes on with an upload in chunks that broke off', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-chunks-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const large = path.join(dir, 'large.mp4');
    await writeFile(large, await readFile(sampleVideo));
    await truncate(large, 24 * 1024 ** 2);
    emulator.addFaults([{ match: { method: 'PUT', nth: 3 }, action: { type: 'respond', status: 403 } }]);
    const advancedOptions = { upload: 'multipart', chunkConcurrency: 1 };
    const { json, error } = await run({ advancedOptions }, [{ path: large }], { node: retrying });
    expect(error).toBeUndefined();
    expect(json).toHaveLength(1);
    expect(posts('assets/multipart-uploads')).toHaveLength(1);
    expect(await stored()).toBe(1);
  });

  it('creates one for each call of a sub-workflow, however often its node is tried', async () => {
    const node = {
      name: NODE,
      type: NODE_TYPE,
      credential,
      parameters: { options: { filename: `={{ $('${TRIGGER}').item.json.name }}` } },
      settings: { ...retrying, ...CONTINUES },
    };
    const called = chain('Called', [], [readFileNode(), node]);
    const [trigger, ...others] = called.nodes;
    const sub: Workflow = {
      ...called,
      nodes: [
        {
          ...trigger,
          type: 'n8n-nodes-base.executeWorkflowTrigger',
          typeVersion: 1.1,
          parameters: { inputSource: 'passthrough' },
        },
        ...others,
      ] as Workflow['nodes'],
    };
    const workflowId = { __rl: true, mode: 'id', value: await saveWorkflow(rest, sub) };
    const call = {
      name: 'Call',
      type: 'n8n-nodes-base.executeWorkflow',
      typeVersion: 1.2,
      parameters: { workflowId, mode: 'each', options: {} },
    };
    const calls = [sampleImage, sampleImage, sampleImage].map((path, index) => ({
      path,
      name: index === 1 ? '' : 'fine',
    }));
    const { status, error } = await executeWorkflow(rest, chain('Calls', calls, [call]));
    expect(error).toBeUndefined();
    expect(status).toBe('success');
    expect(creates(emulator)).toHaveLength(2);
  });
});

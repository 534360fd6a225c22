import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Comms, type FlowNode, nodeFlow } from '../src/index.ts';
import { type Stage, setUp } from './set-up.ts';
import { type SlowSink, startSlowSink } from './slow-sink.ts';

const STALL = {
  match: { method: 'POST', path: '/v1.3/assets', times: 'always' },
  action: { type: 'stall', while: 'reading', afterBytes: 1_000_000 },
} as const;

let stage: Stage;
let comms: Comms;
let folder: string;
let large: string;
let huge: string;

/** Complete and Status nodes that note what they see, and give it over HTTP. */
const watchers: FlowNode[] = [
  { id: 'complete', type: 'complete', z: 'create-tab', scope: ['create-node'], wires: [['note-complete']] },
  {
    id: 'note-complete',
    type: 'function',
    z: 'create-tab',
    outputs: 0,
    func: "flow.set('completed', [...(flow.get('completed') ?? []), msg.topic]);",
    wires: [],
  },
  { id: 'status', type: 'status', z: 'create-tab', scope: ['create-node'], wires: [['note-status']] },
  {
    id: 'note-status',
    type: 'function',
    z: 'create-tab',
    outputs: 0,
    func: "flow.set('statuses', [...(flow.get('statuses') ?? []), msg.status.text]);",
    wires: [],
  },
  { id: 'noted', type: 'http in', z: 'create-tab', url: '/noted', method: 'post', wires: [['noted-read']] },
  {
    id: 'noted-read',
    type: 'function',
    z: 'create-tab',
    outputs: 1,
    func: "msg.payload = { completed: flow.get('completed') ?? [], statuses: flow.get('statuses') ?? [] }; return msg;",
    wires: [['create-out']],
  },
];

/** A message whose id the test chooses. */
const named: FlowNode[] = [
  { id: 'named', type: 'http in', z: 'create-tab', url: '/named', method: 'post', wires: [['name']] },
  {
    id: 'name',
    type: 'change',
    z: 'create-tab',
    rules: [
      { t: 'set', p: '_msgid', pt: 'msg', to: 'payload.id', tot: 'msg' },
      { t: 'set', p: 'payload', pt: 'msg', to: 'payload.file', tot: 'msg' },
    ],
    wires: [['create-node']],
  },
];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'node-red-lifecycle-'));
  large = path.join(folder, 'large.mp4');
  await writeFile(large, '');
  // Two of them fit side by side, two huge ones do not.
  await truncate(large, 30 * 1024 ** 2);
  huge = path.join(folder, 'huge.mp4');
  await writeFile(huge, '');
  await truncate(huge, 190 * 1024 ** 2);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  stage = await setUp({
    flows: { create: {}, ordered: { keepOrder: true } },
    config: { parallel: 2 },
    nodes: watchers,
    emulator: { processingMs: 400 },
  });
  comms = await Comms.connect(stage.nodeRed.url);
});
afterEach(async () => {
  await comms?.[Symbol.asyncDispose]();
  await stage?.[Symbol.asyncDispose]();
});

const texts = () => comms.statuses('create-node').map(({ text }) => text ?? '');

describe('status', () => {
  test('bytes and percent while uploading, then processing, then ready; Complete and Status nodes see it', async () => {
    const { asset } = await stage.send('create', {
      payload: sampleVideo,
      topic: 'one',
      twelvelabs: { waitUntilReady: true },
    });
    expect(asset?.status).toBe('ready');
    const last = await comms.status('create-node', /^ready/);
    expect(last).toEqual({ fill: 'green', shape: 'dot', text: 'ready · video.mp4' });
    expect(
      texts()
        .filter((text) => /^(uploading \d+ % · .* \/ 176\.\d+ KiB|processing · video\.mp4.*)$/.test(text))
        .map((text) => text.split(' ')[0]),
    ).toEqual(expect.arrayContaining(['uploading', 'processing']));
    // Nobody was before it.
    expect(texts()).not.toContain('queued');
    const noted = await stage.nodeRed.call<{ completed: string[]; statuses: string[] }>('/noted');
    expect(noted.completed).toEqual(['one']);
    expect(noted.statuses.at(-1)).toBe('ready · video.mp4');
  });

  test('throttled while a rate limit is waited for, and not after', async () => {
    stage.emulator.addFaults([
      {
        match: { method: 'POST', path: '/v1.3/assets' },
        action: {
          type: 'respond',
          status: 429,
          headers: { 'retry-after': '1' },
          body: { code: 'too_many_requests', message: 'wait' },
        },
      },
    ]);
    const { asset } = await stage.send('create', { payload: sampleVideo });
    expect(asset?.filename).toBe('video.mp4');
    expect(comms.statuses('create-node')).toContainEqual({
      fill: 'yellow',
      shape: 'ring',
      text: 'rate limit: waiting 1 s',
    });
    expect((await comms.status('create-node', /^created/)).text).toBe('created, processing · video.mp4');
  });

  test('an error, until the next message', async () => {
    await stage.send('create', { payload: '/nowhere.mp4' });
    expect(await comms.status('create-node', /^no such file: nowhere\.mp4$/)).toMatchObject({
      fill: 'red',
      shape: 'ring',
    });
    await stage.send('create', { payload: '' });
    await comms.status('create-node', /^msg\.payload has no value$/);
    await stage.send('create', { payload: Date.now() });
    await comms.status('create-node', /^is the timestamp of an inject node, and must be a path/);
    await stage.send('create', { payload: sampleVideo });
    await comms.status('create-node', /^created/);
  });
});

describe('parallel messages', () => {
  test('no more than the account allows, the rest in a queue whose length the status shows', async () => {
    stage.emulator.addFaults([STALL]);
    const answers = Array.from({ length: 5 }, () => stage.send('create', { payload: large }));
    await comms.status('create-node', /^2 active .* · 3 queued$/);
    expect(stage.calls().filter((call) => call.startsWith('POST'))).toHaveLength(2);
    void stage.send('create', { abort: true }).catch(() => undefined);
    const errors = (await Promise.all(answers)).map(({ error }) => error);
    expect(errors.map((error) => error?.code)).toEqual(Array(5).fill('aborted'));
    const waiting = errors.filter((error) => /Waiting for a place was cancell?ed/.test(error?.message ?? ''));
    expect(waiting).toHaveLength(3);
  });

  test('by default 50 small files go at once, and large ones one by one', async () => {
    await using other = await setUp();
    other.emulator.addFaults([
      {
        match: { method: 'POST', path: '/v1.3/assets', times: 'always' },
        action: { type: 'stall', while: 'reading', afterBytes: 1 },
      },
    ]);
    const posts = () => other.calls().filter((call) => call.startsWith('POST')).length;
    for (let sent = 0; sent < 50; sent++)
      void other.send('create', { payload: sampleVideo }).catch(() => undefined);
    await expect.poll(posts, { timeout: 20_000 }).toBe(50);
    void other.send('create', { abort: true }).catch(() => undefined);
    await using listening = await Comms.connect(other.nodeRed.url);
    await listening.status('create-node', /^stopped$/);
    for (let sent = 0; sent < 3; sent++) void other.send('create', { payload: huge }).catch(() => undefined);
    await listening.status('create-node', / · 2 queued$/);
    expect(posts()).toBe(51);
  });

  test('overlap without mixing, and a failure before a success', async () => {
    const answers = await Promise.all(
      ['a', 'b', '', 'd'].map((name) =>
        stage.send('create', {
          payload: name ? sampleVideo : '/nowhere',
          topic: name,
          twelvelabs: { filename: `${name || 'none'}.mp4` },
        }),
      ),
    );
    expect(answers.map(({ asset }) => asset?.filename)).toEqual(['a.mp4', 'b.mp4', undefined, 'd.mp4']);
    expect(answers.map(({ rest }) => rest?.topic)).toEqual(['a', 'b', undefined, 'd']);
  });

  test.each<[string, string, object]>([
    ['by the node', 'ordered', {}],
    ['by the message', 'create', { twelvelabs: { keepOrder: true } }],
  ])('in order when asked %s: a quick one waits for the slow one before it', async (_name, flow, more) => {
    const order: string[] = [];
    stage.emulator.addFaults([
      { match: { method: 'POST', path: '/v1.3/assets' }, action: { type: 'delay', beforeHeadersMs: 800 } },
    ]);
    const slow = stage.send(flow, { payload: sampleVideo, ...more }).then(() => order.push('slow'));
    await expect.poll(() => stage.calls().length).toBe(1);
    const failed = stage.send(flow, { payload: '/nowhere', ...more }).then(() => order.push('failed'));
    const quick = stage.send(flow, { payload: sampleVideo, ...more }).then(() => order.push('quick'));
    await Promise.all([slow, failed, quick]);
    expect(order).toEqual(['slow', 'failed', 'quick']);
  });
});

test('a redeploy during a wait names the asset that exists', async () => {
  stage.emulator.addFaults([
    {
      match: { method: 'GET', path: '/v1.3/assets/*', times: 'always' },
      action: { type: 'delay', beforeHeadersMs: 60_000 },
    },
  ]);
  void stage
    .send('create', { payload: sampleVideo, twelvelabs: { waitUntilReady: true } })
    .catch(() => undefined);
  await comms.status('create-node', /^processing · video\.mp4 · 2 s$/);
  await stage.nodeRed.deploy([], { type: 'reload' });
  await stage.nodeRed.logged(/Stopped 1 message in progress\. Assets that exist: [0-9a-f]{24}\./);
});

describe('stopping', () => {
  let sink: SlowSink;

  /** The same flows, over a platform that takes its time. */
  beforeEach(async () => {
    sink = await startSlowSink();
    const flow = nodeFlow('slow', { baseUrl: sink.baseUrl, apiKey: 'tlk_any' });
    const nodes = named.map((node) => ({
      ...node,
      z: 'slow-tab',
      wires: node.id === 'name' ? [['slow-node']] : [['name']],
    }));
    await stage.nodeRed.deploy([...flow.nodes, ...nodes], { credentials: flow.credentials });
  });
  afterEach(() => sink[Symbol.asyncDispose]());

  /** Its own answer never comes: an abort message ends at the node. */
  const abort = (which: boolean | string) => void stage.send('slow', { abort: which }).catch(() => undefined);

  test('msg.abort with an id stops that message only, within a second', async () => {
    const stopped = stage.send('named', { id: 'this one', file: large });
    const other = stage.send('named', { id: 'that one', file: large });
    await comms.status('slow-node', /^2 active/);
    abort('this one');
    expect((await stopped).error?.code).toBe('aborted');
    await expect.poll(() => sink.cutOff).toBe(1);
    abort(true);
    expect((await other).error?.code).toBe('aborted');
    await expect.poll(() => sink.cutOff).toBe(2);
    expect((await comms.status('slow-node', /^stopped$/)).fill).toBe('grey');
  });

  test('an id that no message has is a warning, and stops nothing', async () => {
    const running = stage.send('named', { id: 'this one', file: large });
    await comms.status('slow-node', /^uploading \d/);
    for (const which of ['another', 'false', 7])
      void stage.send('slow', { abort: which }).catch(() => undefined);
    for (const said of [
      /"another", which is not at work/,
      /"false", which is not at work/,
      /not a value of type number/,
    ])
      await stage.nodeRed.logged(said);
    expect(sink.cutOff).toBe(0);
    abort(true);
    expect((await running).error?.code).toBe('aborted');
  });

  test.each(['', null, false])(
    'msg.abort = %j stops nothing, and the message is worked on',
    async (value) => {
      const { error } = await stage.send('slow', { payload: '/nowhere.mp4', abort: value });
      expect(error?.code).toBe('validation');
    },
  );

  test('a redeploy says in the log what it stopped', async () => {
    void stage.send('slow', { payload: large }).catch(() => undefined);
    void stage.send('slow', { payload: large }).catch(() => undefined);
    await comms.status('slow-node', /^2 active/);
    await stage.nodeRed.deploy([], { type: 'reload' });
    await stage.nodeRed.logged(/Stopped 2 messages in progress\. No asset is known to exist for them\./);
  });

  test('a redeploy in mid-upload closes the connection', async () => {
    void stage.send('slow', { payload: large }).catch(() => undefined);
    await comms.status('slow-node', /^uploading \d/);
    await stage.nodeRed.deploy([], { type: 'reload' });
    // Node-RED logs the nodes that did not end within 15 s.
    expect(stage.nodeRed.log).not.toMatch(/timed out|Error stopping/i);
    await expect.poll(() => sink.cutOff).toBe(1);
    expect(sink.begun).toBe(1);
    void stage.send('slow', { payload: large }).catch(() => undefined);
    await expect.poll(() => sink.begun).toBe(2);
  });

  test('the end of the process in mid-upload is quick and quiet', async () => {
    void stage.send('slow', { payload: large }).catch(() => undefined);
    await comms.status('slow-node', /^uploading \d/);
    await comms[Symbol.asyncDispose]();
    await stage.nodeRed.stop();
    expect(stage.nodeRed.log).not.toMatch(/unhandled|uncaught|Error stopping/i);
    await expect.poll(() => sink.cutOff).toBe(1);
  });
});

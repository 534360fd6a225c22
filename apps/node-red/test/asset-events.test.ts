import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Comms, type FlowNode, NodeRed } from '../src/index.ts';

const node = (id: string, type: string, more: object = {}): FlowNode => ({
  id,
  type,
  z: 'tab',
  wires: [],
  ...more,
});

/** What the node reports is written to a file, which survives a crash. */
const flows = (baseUrl: string, file: string, settings: object): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'events' },
  { id: 'account', type: 'twelvelabs-config', baseUrl, parallel: 4 },
  node('events', 'twelvelabs-asset-events', {
    config: 'account',
    interval: '1',
    intervalType: 'num',
    ...settings,
    wires: [['report']],
  }),
  node('catch', 'catch', { scope: ['events'], wires: [['report-error']] }),
  node('report', 'function', {
    outputs: 1,
    func: "return { payload: msg.topic + ' ' + msg.payload.filename };",
    wires: [['write']],
  }),
  node('report-error', 'function', {
    outputs: 1,
    func: "return { payload: 'error ' + msg.error.code };",
    wires: [['write']],
  }),
  node('write', 'file', {
    filename: file,
    filenameType: 'str',
    appendNewline: true,
    overwriteFile: 'false',
    wires: [[]],
  }),
];

describe.each([5, 4] as const)('Node-RED %i', (version) => {
  let emulator: Emulator;
  let userDir: string;
  let nodeRed: NodeRed | undefined;
  let comms: Comms | undefined;
  let file: string;

  /** Where the node's context is stored. */
  const context = () => path.join(userDir, 'context', 'tab', 'events.json');
  /** What came out of the node, over all starts. */
  const reported = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
  const start = async (settings: object = {}) => {
    const first = nodeRed === undefined;
    nodeRed = await NodeRed.start({
      version,
      userDir,
      prepared: !first,
      flows: flows(emulator.baseUrl, file, settings),
      credentials: { account: { apiKey: emulator.apiKey } },
      settings: { contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } } },
    });
    comms = await Comms.connect(nodeRed.url);
  };
  const kill = async () => {
    await comms?.[Symbol.asyncDispose]();
    await nodeRed?.stop('SIGKILL');
  };
  const create = async (filename: string, metadata: object = {}, apiKey = emulator.apiKey) => {
    const form = new FormData();
    form.append('method', 'direct');
    form.append('file', new File([await readFile(sampleImage)], filename, { type: 'image/jpeg' }));
    form.append('user_metadata', JSON.stringify(metadata));
    await send(form, apiKey);
  };
  /** The platform fetches nothing there. */
  const createFailing = async (filename: string) => {
    const form = new FormData();
    form.append('method', 'url');
    form.append('url', `${emulator.url}/samples/${filename}`);
    await send(form);
  };
  const send = async (form: FormData, apiKey = emulator.apiKey) => {
    const init = { method: 'POST', headers: { 'x-api-key': apiKey }, body: form };
    expect((await fetch(`${emulator.baseUrl}/assets`, init)).status).toBe(201);
  };
  const checks = () => emulator.requests().filter(({ method }) => method === 'GET').length;
  /** Resolves when the node has checked the account twice more: what it had to report is out. */
  const checkedTwice = async () => {
    const before = checks();
    await expect.poll(checks, { timeout: 20_000 }).toBeGreaterThan(before + 2);
  };

  beforeEach(async () => {
    emulator = await startEmulator({ processingMs: 100 });
    userDir = await mkdtemp(path.join(tmpdir(), 'node-red-events-'));
    file = path.join(userDir, 'reported.txt');
    nodeRed = undefined;
  });
  afterEach(async () => {
    await comms?.[Symbol.asyncDispose]();
    await nodeRed?.stop();
    await emulator.close();
    await rm(userDir, { recursive: true, force: true });
  });

  test('each event once: across checks, deploys, a crash, and while it was down', async () => {
    await create('before.jpg');
    await start();
    await comms?.status('events', /^watching$/);
    await create('a.jpg');
    await expect.poll(reported, { timeout: 20_000 }).toEqual(['created a.jpg', 'ready a.jpg']);
    await nodeRed?.deploy([], { type: 'reload' });
    await checkedTwice();
    await kill();
    await create('b.jpg');
    await start();
    await expect.poll(() => reported().length, { timeout: 20_000 }).toBe(4);
    await createFailing('missing.jpg');
    await expect.poll(() => reported().length, { timeout: 20_000 }).toBe(6);
    await checkedTwice();
    expect(reported()).toEqual([
      'created a.jpg',
      'ready a.jpg',
      'created b.jpg',
      'ready b.jpg',
      'created missing.jpg',
      'failed missing.jpg',
    ]);
  });

  test('filters by event, kind, part of the name and metadata', async () => {
    await start({
      events: 'ready',
      eventsType: 'fixed',
      kinds: 'image',
      kindsType: 'fixed',
      filename: 'want',
      filenameType: 'str',
      metadata: '{"team":"a"}',
      metadataType: 'json',
    });
    await comms?.status('events', /^watching$/);
    await create('other.jpg', { team: 'a' });
    await create('wanted-by-others.jpg', { team: 'b' });
    await create('wanted.jpg', { team: 'a', more: 1 });
    await expect.poll(reported, { timeout: 20_000 }).toEqual(['ready wanted.jpg']);
  });

  test('an outage reaches the catch node once, the status says since when, and nothing is lost', async () => {
    await start();
    await comms?.status('events', /^watching$/);
    emulator.addFaults([
      {
        match: { method: 'GET', path: '/v1.3/assets', times: 'always' },
        action: { type: 'respond', status: 401, body: { code: 'api_key_invalid', message: 'expired' } },
      },
    ]);
    await comms?.status('events', /^the API key was not accepted · since \d\d:\d\d$/);
    await create('meanwhile.jpg');
    await checkedTwice();
    expect(reported()).toEqual(['error authentication']);
    await fetch(`${emulator.url}/_emulator/faults`, { method: 'DELETE' });
    await expect
      .poll(() => reported().slice(1), { timeout: 20_000 })
      .toEqual(['created meanwhile.jpg', 'ready meanwhile.jpg']);
  });

  test('another account: the assets that it has are no events', async () => {
    await create('mine.jpg');
    await start();
    await comms?.status('events', /^watching$/);
    const first = emulator;
    await using other = await startEmulator({ processingMs: 0, apiKeys: [first.apiKey] });
    emulator = other;
    try {
      await create('theirs.jpg');
      await nodeRed?.deploy(flows(other.baseUrl, file, {}));
      await checkedTwice();
      await create('new.jpg');
      await expect.poll(reported, { timeout: 20_000 }).toEqual(['created new.jpg', 'ready new.jpg']);
    } finally {
      emulator = first;
    }
  });

  test('another key of the account: the assets that it sees are no events', async () => {
    await emulator.close();
    emulator = await startEmulator({ processingMs: 0, apiKeys: ['tlk_mine', 'tlk_theirs'] });
    await start();
    await comms?.status('events', /^watching$/);
    await create('theirs.jpg', {}, 'tlk_theirs');
    await emulator.settled();
    await nodeRed?.deploy(flows(emulator.baseUrl, file, {}), {
      credentials: { account: { apiKey: 'tlk_theirs' } },
    });
    await nodeRed?.logged(/The account or its API key changed: the node starts over/);
    await checkedTwice();
    await create('new.jpg', {}, 'tlk_theirs');
    await expect.poll(reported, { timeout: 20_000 }).toEqual(['created new.jpg', 'ready new.jpg']);
    expect(await readFile(context(), 'utf8')).not.toContain('tlk_');
  });

  test('a memory that calls the account by its node and address is gone on from', async () => {
    await start();
    await comms?.status('events', /^watching$/);
    await checkedTwice();
    await kill();
    const memory = JSON.parse(await readFile(context(), 'utf8'));
    memory.watch.account = `account ${emulator.baseUrl}`;
    await writeFile(context(), JSON.stringify(memory));
    await create('meanwhile.jpg');
    await start();
    await expect
      .poll(reported, { timeout: 20_000 })
      .toEqual(['created meanwhile.jpg', 'ready meanwhile.jpg']);
    await expect
      .poll(async () => JSON.parse(await readFile(context(), 'utf8')).watch.account, { timeout: 20_000 })
      .toMatch(/^[0-9a-f]{8}$/);
  });

  test('the button sends the newest asset as an example', async () => {
    await start({ events: 'ready', eventsType: 'fixed' });
    const press = () => nodeRed?.call('/twelvelabs-asset-events/example', { id: 'events' });
    expect(await press()).toEqual({ sent: false });
    await create('example.jpg');
    await expect.poll(reported, { timeout: 20_000 }).toEqual(['ready example.jpg']);
    expect(await press()).toEqual({ sent: true });
    await expect.poll(reported).toEqual(['ready example.jpg', 'ready example.jpg']);
  });

  test('wrong settings are an error, once, and nothing is sent', async () => {
    await start({ interval: '0.1', events: 'everything', eventsType: 'fixed' });
    await comms?.status('events', /^Events: must be a list of created, ready, failed/);
    expect(checks()).toBe(0);
  });

  test('an interval beyond what timers count is refused, not checked without a pause', async () => {
    await start({ interval: '2592000' });
    await comms?.status('events', /must be a number of seconds/);
    expect(checks()).toBe(0);
  });
});

import { mkdtemp, readdir, readFile, readlink, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { saveWorkflow, startWorkflow, untilOver } from '../src/execute.ts';
import { chain, NODE_TYPE, readFileNode } from '../src/workflow.ts';
import { creates, NODE, setUp, shared } from './support/run.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const { emulator, run, rest, credential } = await setUp();
const n8n = shared();
const large = path.join(await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-test-')), 'large.mp4');

beforeAll(async () => {
  await writeFile(large, await readFile(sampleVideo));
  await truncate(large, 48 * 1024 ** 2);
});
afterAll(() => rm(path.dirname(large), { recursive: true }));

/** Connections that the n8n process has open to a port of this machine. */
async function connections(toPort: number): Promise<number> {
  const fds = await readdir(`/proc/${n8n.pid}/fd`);
  const links = await Promise.all(fds.map((fd) => readlink(`/proc/${n8n.pid}/fd/${fd}`).catch(() => '')));
  const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]));
  const port = toPort.toString(16).toUpperCase().padStart(4, '0');
  const table = await readFile(`/proc/${n8n.pid}/net/tcp`, 'utf8');
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  return rows.filter((row) => row[2]?.endsWith(`:${port}`) && inodes.has(row[9])).length;
}

/** Files of n8n's binary storage that its process has open. */
async function openFiles(): Promise<string[]> {
  const fds = await readdir(`/proc/${n8n.pid}/fd`);
  const targets = await Promise.all(fds.map((fd) => readlink(`/proc/${n8n.pid}/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target.includes('/binary_data/'));
}

afterEach(async () => {
  await vi.waitFor(async () => expect(await openFiles()).toEqual([]), { timeout: 2_000 });
});

describe('a refused upload is sent once', () => {
  it('when the key is wrong', async () => {
    const wrong = await saveCredential(rest, { apiKey: 'tlk_wrong', baseUrl: emulator.baseUrl });
    const { error } = await run({}, [{ path: large }], { credential: wrong });
    expect(error).toMatchObject({
      name: 'NodeApiError',
      message: 'TwelveLabs did not accept the API key',
      httpCode: '401',
      context: { itemIndex: 0, data: { code: 'authentication', apiCode: 'api_key_invalid' } },
    });
    expect(error?.description).toMatch(/^Check the API key/);
    // The request is in n8n's "Error details".
    expect(error?.description).not.toContain('HTTP');
    expect(error?.messages?.join()).toMatch(/^POST \/v1\.3\/assets returned HTTP 401 — api_key_invalid/);
    expect(emulator.requests()).toMatchObject([{ method: 'POST', status: 401 }]);
  });

  it.each([
    ['before it was read', false],
    ['after it was read', true],
  ])('when the platform refuses it %s, with its reason', async (_, readBody) => {
    const body = { code: 'parameter_invalid', message: `The file is too long. (${MARKER_KEY})` };
    emulator.addFaults([
      { match: { method: 'POST' }, action: { type: 'respond', status: 400, body, readBody } },
    ]);
    const { error } = await run({}, [{ path: large }]);
    expect(error).toMatchObject({
      message: 'TwelveLabs did not accept the request: The file is too long. (***)',
      httpCode: '400',
    });
    expect(emulator.requests()).toHaveLength(1);
  });

  it('when it is sent elsewhere', async () => {
    emulator.addFaults([
      { match: { method: 'POST' }, action: { type: 'redirect', location: `${emulator.url}/elsewhere` } },
    ]);
    const { error } = await run({}, [{ path: sampleVideo }]);
    expect(error?.message).toMatch(/redirect .*not followed/);
    expect(emulator.requests()).toHaveLength(1);
  });
});

describe('what may pass is tried again', () => {
  it('until it works, with a note in the log and at the node', async () => {
    emulator.addFaults([{ match: { method: 'POST', times: 2 }, action: { type: 'respond', status: 503 } }]);
    const { json, node } = await run({}, [{ path: sampleVideo }]);
    expect(json).toMatchObject([{ filename: 'video.mp4' }]);
    expect(creates(emulator).map(({ status }) => status)).toEqual([503, 503, 201]);
    expect(node?.hints?.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Item 0: no success since [\d:]{8} UTC \(.*503.*\): attempt 1 failed, trying again in/,
      ),
    ]);
    const log = await readFile(n8n.logFile, 'utf8');
    expect(log).toMatch(/TwelveLabs, item 0: no success since [\d:]{8} UTC \(.*503.*\): attempt 2 failed/);
  });

  it('not twice, when the asset was created and only the answer was lost', async () => {
    emulator.addFaults([{ match: { method: 'POST' }, action: { type: 'reset', at: 'after-stored' } }]);
    const { json, error } = await run({}, [{ path: sampleVideo }]);
    expect(error).toBeUndefined();
    expect(json).toHaveLength(1);
    const { json: all } = await run({ operation: 'getAll' });
    expect(all.map(({ _id }) => _id)).toEqual([json[0]?._id]);
  });

  it('not when the file is gone by then', async () => {
    const headers = { 'retry-after': '2' };
    emulator.addFaults([{ match: { method: 'POST' }, action: { type: 'respond', status: 503, headers } }]);
    const running = run({}, [{ path: sampleVideo }]);
    await vi.waitFor(() => expect(creates(emulator)).toMatchObject([{ status: 503 }]), { timeout: 20_000 });
    // n8n 1.x has another name for the folder.
    for (const storage of ['storage', 'binaryData']) {
      await rm(path.join(n8n.dir, '.n8n', storage), { recursive: true, force: true });
    }
    const { error } = await running;
    expect(error?.context).toMatchObject({ data: { code: 'file_read' } });
    // The head of a second request may have left before the file turned out to be gone.
    expect(creates(emulator).filter(({ status }) => status === 201)).toEqual([]);
    expect((await run({ operation: 'getAll' })).json).toEqual([]);
  });
});

describe('in the end', () => {
  it('says why an asset failed', async () => {
    const text = path.join(path.dirname(large), 'text.mp4');
    await writeFile(text, 'no video at all');
    const { error } = await run({ options: { waitUntilReady: true } }, [{ path: text }]);
    expect(error?.context).toMatchObject({ itemIndex: 0, data: { code: 'asset_failed' } });
    expect(error?.message).toMatch(/failed/);
  });

  it('says what nobody answered, by host', async () => {
    const nowhere = await saveCredential(rest, { apiKey: MARKER_KEY, baseUrl: 'http://127.0.0.1:1/v1.3' });
    const parameters = {
      method: 'url',
      url: 'https://example.com/a.mp4',
      advancedOptions: { maxElapsed: 0 },
    };
    const { error } = await run(parameters, [{}], { credential: nowhere });
    expect(error?.message).toMatch(/^No response from 127\.0\.0\.1:1: it refused the connection/);
  });
});

describe('the ids of assets that exist', () => {
  /** A platform on which no asset gets ready. */
  const slow = async () => {
    const platform = await startEmulator({ apiKeys: [MARKER_KEY], processingMs: 3_600_000 });
    onTestFinished(() => platform.close());
    const account = await saveCredential(rest, { apiKey: MARKER_KEY, baseUrl: platform.baseUrl });
    const created = () => creates(platform).flatMap(({ status }) => (status === 201 ? [status] : [])).length;
    const ids = async () => {
      const { json } = await run({ operation: 'getAll', returnAll: true }, [{}], { credential: account });
      return json.map(({ _id }) => String(_id));
    };
    return { platform, account, created, ids };
  };

  it('are in the log, and in an error that comes after', async () => {
    const { account, ids } = await slow();
    const parameters = { waitUntilReady: true, advancedOptions: { timeout: 0.02 } };
    const { error } = await run(parameters, [{ path: sampleVideo }], { credential: account });
    const [id = 'none'] = await ids();
    expect(error?.context).toMatchObject({ data: { code: 'timeout', assetId: id } });
    expect(error?.description).toContain(id);
    expect(await readFile(n8n.logFile, 'utf8')).toContain(`asset ${id} created (video.mp4)`);
  });

  it('are in the log when the execution is canceled', async () => {
    const { platform, account, created, ids } = await slow();
    platform.addFaults([{ match: { method: 'POST', nth: 3 }, action: { type: 'stall', while: 'reading' } }]);
    const node = {
      name: NODE,
      type: NODE_TYPE,
      credential: account,
      parameters: { advancedOptions: { concurrency: 1 } },
    };
    const items = [sampleVideo, sampleVideo, sampleVideo].map((path) => ({ path }));
    const executionId = await startWorkflow(
      rest,
      await saveWorkflow(rest, chain('Ids', items, [readFileNode(), node])),
    );
    await vi.waitFor(() => expect(creates(platform)).toHaveLength(3), { timeout: 20_000 });
    expect(created()).toBe(2);
    await rest.post(`/rest/executions/${executionId}/stop`);
    expect((await untilOver(rest, executionId)).status).toBe('canceled');
    const log = async () => await readFile(n8n.logFile, 'utf8');
    for (const id of await ids()) {
      await vi.waitFor(async () => expect(await log()).toMatch(new RegExp(`TwelveLabs stopped\\. .*${id} `)));
    }
  });
});

describe('while it runs', () => {
  const start = async (account = credential, options = {}) => {
    const node = { name: NODE, type: NODE_TYPE, credential: account, parameters: { options } };
    const workflow = chain('Long', [{ path: large }], [readFileNode(), node]);
    return startWorkflow(rest, await saveWorkflow(rest, workflow));
  };

  it('tells how far an upload is', async () => {
    await untilOver(rest, await start());
    const log = await readFile(n8n.logFile, 'utf8');
    const told = [...log.matchAll(/TwelveLabs, item 0: (\d+) % of 48 MiB uploaded/g)].map(([, percent]) =>
      Number(percent),
    );
    expect(told.at(-1)).toBe(100);
    expect(told.length).toBeGreaterThan(1);
  });

  it.each([
    ['an upload within a second, the platform reading', {}, 'POST', 'reading', 1],
    ['an upload within a second, the platform answering', {}, 'POST', 'answering', 1],
    ['a multipart upload within a second', { upload: 'multipart' }, 'PUT', 'reading', 4],
  ] as const)('a cancel ends %s', async (_, options, method, phase, sending) => {
    // One of its own: n8n's agents keep connections of earlier tests open for a while, those of 1.x for minutes.
    const platform = await startEmulator({ apiKeys: [MARKER_KEY] });
    onTestFinished(() => platform.close());
    const account = await saveCredential(rest, { apiKey: MARKER_KEY, baseUrl: platform.baseUrl });
    const stall = { type: 'stall', while: phase, afterBytes: 1_000_000 } as const;
    for (let left = sending; left > 0; left--) platform.addFaults([{ match: { method }, action: stall }]);
    const executionId = await start(account, options);
    const sent = () => platform.requests().filter((request) => request.method === method);
    await vi.waitFor(() => expect(sent()).toHaveLength(sending), { timeout: 20_000 });
    expect(await connections(platform.port)).toBeGreaterThanOrEqual(sending);
    await rest.post(`/rest/executions/${executionId}/stop`);
    // Seen from n8n: a platform that does not read does not notice that its peer has left.
    const closed = async () => expect(await connections(platform.port)).toBe(0);
    await vi.waitFor(closed, { timeout: 1_000, interval: 20 });
    expect((await untilOver(rest, executionId)).status).toBe('canceled');
    expect(await openFiles()).toEqual([]);
    expect(sent()).toHaveLength(sending);
  });

  it.each([
    ['the waiting for an asset', { waitUntilReady: true }, []],
    [
      'the pause before another attempt',
      {},
      [
        {
          match: { method: 'POST', times: 'always' },
          action: { type: 'respond', status: 503, headers: { 'retry-after': '2' } },
        },
      ],
    ],
  ] as const)('a cancel ends %s', async (_, options, faults) => {
    const platform = await startEmulator({ apiKeys: [MARKER_KEY], processingMs: 3_600_000 });
    onTestFinished(() => platform.close());
    platform.addFaults(faults);
    const account = await saveCredential(rest, { apiKey: MARKER_KEY, baseUrl: platform.baseUrl });
    const executionId = await start(account, options);
    const arrived = () => platform.requests().length;
    await vi.waitFor(() => expect(arrived()).toBeGreaterThan(1), { timeout: 20_000 });
    const log = () => readFile(n8n.logFile, 'utf8');
    const before = (await log()).length;
    await rest.post(`/rest/executions/${executionId}/stop`);
    expect((await untilOver(rest, executionId)).status).toBe('canceled');
    const then = arrived();
    // The node's error, which n8n logs when the node has ended: after that, it sends nothing more. Sooner than the next
    // look, or the next attempt, would come.
    const ended = async () => expect((await log()).slice(before)).toMatch(/was canceled/);
    await vi.waitFor(ended, { timeout: 1_000 });
    expect(arrived()).toBe(then);
  });
});

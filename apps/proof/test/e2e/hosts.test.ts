import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CASES } from '../../src/contract/cases.ts';
import { type MadeFiles, makeFiles } from '../../src/contract/files.ts';
import { sentTo } from '../../src/contract/sent.ts';
import { summaryOf } from '../../src/contract/summary.ts';
import { MARKER } from '../../src/hostile/attack.ts';
import { attackHost } from '../../src/hostile/attack-host.ts';
import { HOST_ATTACKS } from '../../src/hostile/host-attacks.ts';
import { runLoad } from '../../src/load/run.ts';
import { type MadeAddresses, makeAddresses } from '../../src/matrix/addresses.ts';
import { FAULTS } from '../../src/matrix/faults.ts';
import { FILE_SIZE, largeVideo } from '../../src/matrix/media.ts';
import { runAndCompare } from '../../src/matrix/resource-growth.ts';
import type { MatrixFiles } from '../../src/matrix/run.ts';
import { totalOf } from '../../src/platform.ts';
import { coreRunner } from '../../src/runners/core.ts';
import { n8nRunner, nodeRedRunner } from '../../src/runners/hosts.ts';
import { growthSince, peakDuring } from '../../src/runners/probe.ts';
import type { Runner } from '../../src/runners/runner.ts';
import { exportHosts, type WatchedFolder, watchedFolder } from '../../src/secrecy/traces.ts';

// One n8n and one Node-RED for all: the contract, a slice of the fault matrix, a little load, and then a search for
// the key in everything that they left behind.

const stack = new AsyncDisposableStack();
let watched: WatchedFolder;
let hostFiles: { small: string; large: string };
let addresses: MadeAddresses;
let files: MadeFiles;
let matrixFiles: MatrixFiles;
let n8n: Awaited<ReturnType<typeof n8nRunner>>;
let nodeRed: Awaited<ReturnType<typeof nodeRedRunner>>;
let runners: { runner: Runner; emulator: Emulator }[];

beforeAll(async () => {
  addresses = stack.use(await makeAddresses());
  files = stack.use(await makeFiles());
  // Whatever anyone puts into a temporary folder from here on is searched in the end.
  watched = stack.use(await watchedFolder());
  matrixFiles = {
    video: await largeVideo(join(files.dir, 'video.mp4'), FILE_SIZE),
    url: 'https://media.invalid/clip.mp4',
  };
  hostFiles = {
    small: await largeVideo(join(files.dir, 'small.mp4'), 1_000_000),
    large: matrixFiles.video,
  };
  const { HTTPS_PROXY = '', NO_PROXY = '' } = addresses.env;
  [n8n, nodeRed] = await Promise.all([
    n8nRunner({ env: { ...addresses.env, TMPDIR: watched.folder } }),
    nodeRedRunner({ env: { ...addresses.env, TMPDIR: watched.folder } }),
  ]);
  const core = coreRunner({ proxy: HTTPS_PROXY, noProxy: NO_PROXY });
  runners = [];
  for (const runner of [core, stack.use(n8n), stack.use(nodeRed)]) {
    runners.push({ runner, emulator: stack.use(await startEmulator({ ffmpeg: false, apiKeys: [MARKER] })) });
  }
});
afterAll(() => stack.disposeAsync());

describe('the contract: one input gives the same fields, bytes and errors everywhere', () => {
  it.each(CASES.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const results = await Promise.all(
      runners
        .filter(({ runner }) => !one.without?.[runner.name])
        .map(async ({ runner, emulator }) => {
          const before = emulator.requests().length;
          const apiKey =
            one.key === 'wrong' ? 'tlk_wrong' : one.key === 'missing' ? undefined : emulator.apiKey;
          const account = { baseUrl: emulator.baseUrl, apiKey };
          const outcome = await runner.create(one.params(files), one.options ?? {}, account);
          await emulator.settled();
          return { name: runner.name, outcome, sent: sentTo(emulator, before) };
        }),
    );
    const [core, ...hosts] = results;
    if (!core) throw new Error('nobody was asked');
    const { expected } = one;
    if (expected === 'created') expect(summaryOf(core.outcome)).toHaveProperty('created');
    else expect(summaryOf(core.outcome)).toEqual(expected);
    if (typeof expected === 'object' && 'refused' in expected) expect(core.sent).toEqual([]);
    for (const host of hosts) {
      const ends = one.differs?.[host.name] ?? summaryOf(core.outcome);
      expect({ [host.name]: summaryOf(host.outcome) }).toEqual({ [host.name]: ends });
      expect({ [host.name]: host.sent }).toEqual({ [host.name]: core.sent });
    }
  });

  // n8n has the file in its own storage by then.
  it.each(['core', 'Node-RED'])('a file that vanishes while %s sends it', async (name) => {
    const found = runners.find(({ runner }) => runner.name === name);
    if (!found) throw new Error(`no ${name}`);
    const { runner, emulator } = found;
    await emulator.reset();
    const path = join(files.dir, 'vanishing.mp4');
    await copyFile(sampleVideo, path);
    // Sent once, refused by a limit, and to be sent again: by then it is gone.
    const limit = { type: 'respond', status: 429, headers: { 'retry-after': '1' } } as const;
    emulator.addFaults([{ match: { method: 'POST', path: '/v1.3/assets' }, action: limit }]);
    const { baseUrl, apiKey } = emulator;
    const running = runner.create({ method: 'direct', file: { path } }, {}, { baseUrl, apiKey });
    await vi.waitUntil(() => emulator.requests().some(({ status }) => status === 429), { timeout: 60_000 });
    await rm(path);
    expect((await running).error?.code).toBe('file_read');
    expect(await totalOf(emulator)).toBe(0);
  });
});

/** One of each kind; `pnpm --filter proof matrix` runs all. */
const SLICE = [
  'TLS with unknown CA',
  'proxy refusing',
  'reset during the body',
  'reset after the body, stored',
  'stall while receiving, stored',
  'HTTP 503',
  'an HTML page for an answer',
  'redirect to another origin',
  'corrupted ETag',
];

describe('the fault matrix, in part', () => {
  it('ends as it was written down', { timeout: 300_000 }, async () => {
    const faults = FAULTS.filter(({ name }) => SLICE.includes(name));
    expect(faults).toHaveLength(SLICE.length);
    const all = runners.map(({ runner }) => runner);
    const { results, changes } = await runAndCompare(all, matrixFiles, addresses, MARKER, { faults });
    expect(results.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(changes.map(({ runner }) => runner)).toEqual(['n8n', 'Node-RED']);
    expect(changes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(addresses.strayed()).toBe(0);
  });
});

describe('load, a little', () => {
  it.each(['core', 'n8n', 'Node-RED'])('%s creates all, none twice, under the limit', async (name) => {
    const runner = runners.find((one) => one.runner.name === name)?.runner;
    if (!runner) throw new Error(`no ${name}`);
    const load = { creates: 40, atOnce: 20, limit: 20, windowSeconds: 2, key: MARKER };
    const result = await runLoad(runner, load);
    expect(result).toMatchObject({ failed: [], doubled: 0, missing: 0 });
    expect(result.mostInWindow).toBeLessThanOrEqual(load.limit);
  });
});

describe.each(['n8n', 'Node-RED'] as const)('servers that lie, for %s', (name) => {
  it('end in short errors of ours, in bounded time and memory, and leave nothing open', {
    timeout: 300_000,
  }, async () => {
    const runner = name === 'n8n' ? n8n : nodeRed;
    const before = await runner.probe.usage();
    const wrong: Record<string, readonly string[]> = {};
    const todo = HOST_ATTACKS.values();
    const worker = async () => {
      for (const attack of todo) {
        const found = await attackHost(runner, attack, hostFiles);
        if (found.length > 0) wrong[attack.name] = found;
      }
    };
    const peak = await peakDuring(runner.pid, () => Promise.all([1, 2, 3, 4].map(worker)));
    expect(wrong).toEqual({});
    // The bomb alone unpacks to that, and what has no end has no size at all.
    expect(peak - before.resident).toBeLessThan(1024 ** 3);
    expect(await growthSince(runner.probe, before, FILE_SIZE)).toEqual([]);
  });
});

describe('secrecy', () => {
  it('has left no trace of the key: databases, flows, exports, logs, temporary files, answers of both hosts', async () => {
    await exportHosts(watched.folder, { n8n, nodeRed });
    const known = ['Create one asset', 'twelvelabs-create-asset', 'twelveLabsApi'] as const;
    const { found, files, dumps } = await watched.search(MARKER, ...known);
    expect(found.filter(({ text }) => text === MARKER)).toEqual([]);
    expect(dumps).toEqual([]);
    expect(files).toBeGreaterThan(100);
    // What is known to be there is found: the search reads the database, the flows, the exports and the logs.
    const where = (text: string) =>
      found
        .filter((hit) => hit.text === text)
        .map(({ path }) => path)
        .join();
    expect(where(known[0])).toMatch(/sqlite/);
    expect(where(known[0])).toMatch(/n8n-workflow\.json/);
    expect(where(known[1])).toMatch(/flows\.json/);
    expect(where(known[1])).toMatch(/node-red\.txt/);
    expect(where(known[2])).toMatch(/n8n-credentials\.json/);
  });
});

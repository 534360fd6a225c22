import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Account, type FlowNode, NodeRed, nodeFlow } from '../src/index.ts';
import { resetPeak, usageOf } from './process-usage.ts';

/** `ours`: the create node, from a path. `core`: what Node-RED has for it, `file in`, a function that builds the form, `http request`. */
export type Arm = 'ours' | 'core';

export interface Measured {
  readonly arm: Arm;
  /** Uploads at once. */
  readonly parallel: number;
  /** Bytes. */
  readonly baseRss: number;
  readonly peakRss: number;
  /** Peak over base, in bytes. */
  readonly raised: number;
  /** Seconds of CPU time, user and system. */
  readonly cpu: number;
  /** Seconds. */
  readonly wall: number;
}

/**
 * Uploads a file `parallel` times at once through a fresh Node-RED, and measures that process.
 * @throws {Error} when an upload did not give an asset
 */
export async function measureUpload(
  arm: Arm,
  account: Account,
  file: string,
  parallel = 1,
): Promise<Measured> {
  const flow = arm === 'ours' ? nodeFlow('bench', account) : coreFlow(account);
  await using nodeRed = await NodeRed.start({
    flows: flow.nodes,
    credentials: flow.credentials,
    nodes: arm === 'ours',
  });
  const before = await usageOf(nodeRed.pid);
  await resetPeak(nodeRed.pid);
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: parallel }, () =>
      nodeRed.call<{ asset?: { _id?: string } }>('/bench', { payload: file }),
    ),
  );
  const wall = (performance.now() - started) / 1000;
  const after = await usageOf(nodeRed.pid);
  for (const answer of answers) if (!answer.asset?._id) throw new Error(`${arm}: ${JSON.stringify(answer)}`);
  return {
    arm,
    parallel,
    baseRss: before.rss,
    peakRss: after.peak,
    raised: after.peak - before.rss,
    cpu: after.cpu - before.cpu,
    wall,
  };
}

export interface StartCost {
  /** Milliseconds until the flows run. */
  readonly wall: number;
  /** Milliseconds of CPU time until then, user and system. */
  readonly cpu: number;
}

/**
 * What a start of Node-RED costs, with our nodes installed and without, in turns. Each user folder is installed and
 * started from once before: what is measured is what every further start costs.
 */
export async function measureStarts(rounds: number): Promise<{ with: StartCost[]; without: StartCost[] }> {
  const costs = { with: [] as StartCost[], without: [] as StartCost[] };
  const folder = await mkdtemp(path.join(tmpdir(), 'node-red-starts-'));
  try {
    const folders = { with: path.join(folder, 'with'), without: path.join(folder, 'without') };
    for (const arm of ['with', 'without'] as const) {
      await mkdir(folders[arm]);
      await (await NodeRed.start({ userDir: folders[arm], nodes: arm === 'with' })).stop();
    }
    for (let round = 0; round < rounds; round++) {
      for (const arm of ['with', 'without'] as const) costs[arm].push(await measureStart(folders[arm]));
    }
    return costs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureStart(userDir: string): Promise<StartCost> {
  await using nodeRed = await NodeRed.start({ userDir, prepared: true });
  const { cpu } = await usageOf(nodeRed.pid);
  return { wall: nodeRed.startedIn, cpu: cpu * 1000 };
}

function coreFlow({ baseUrl, apiKey }: Account): { nodes: FlowNode[]; credentials: Record<string, never> } {
  const z = 'bench-tab';
  return {
    credentials: {},
    nodes: [
      { id: z, type: 'tab', label: 'bench' },
      { id: 'in', type: 'http in', z, url: '/bench', method: 'post', wires: [['path']] },
      {
        id: 'path',
        type: 'change',
        z,
        rules: [{ t: 'set', p: 'filename', pt: 'msg', to: 'payload.payload', tot: 'msg' }],
        wires: [['file']],
      },
      {
        id: 'file',
        type: 'file in',
        z,
        filename: 'filename',
        filenameType: 'msg',
        format: '',
        wires: [['form']],
      },
      {
        id: 'form',
        type: 'function',
        z,
        outputs: 1,
        func: `msg.headers = { 'content-type': 'multipart/form-data', 'x-api-key': ${JSON.stringify(apiKey)} };
msg.payload = { method: 'direct', file: { value: msg.payload, options: { filename: 'large.mp4', contentType: 'video/mp4' } } };
return msg;`,
        wires: [['post']],
      },
      {
        id: 'post',
        type: 'http request',
        z,
        method: 'POST',
        ret: 'obj',
        url: `${baseUrl}/assets`,
        wires: [['answer']],
      },
      {
        id: 'answer',
        type: 'function',
        z,
        outputs: 1,
        func: 'return { req: msg.req, res: msg.res, payload: { asset: msg.payload } };',
        wires: [['out']],
      },
      { id: 'out', type: 'http response', z, statusCode: '200', headers: {}, wires: [] },
    ],
  };
}

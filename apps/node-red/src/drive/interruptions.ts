import { copyFile, mkdir, mkdtemp, open, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { reservePort } from '@twelvelabs-nodes/emulator/ports';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { Comms } from '../harness/comms.ts';
import { NodeRed } from '../harness/node-red.ts';
import type { Driven } from './contract-driver.ts';
import { nodeFlow } from './node-flow.ts';

export interface Interruption {
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes of a chunk. */
  readonly chunkSize: number;
  /** Chunks that the platform has when the upload is interrupted. */
  readonly sentBefore: number;
  /** Node-RED's major version. */
  readonly version: 4 | 5;
}

export interface Interrupted {
  readonly chunks: number;
  /** Chunks that the platform had when the upload was interrupted. */
  readonly before: number;
  /** Chunks that arrived after that, those of an attempt that failed included. */
  readonly after: number;
  readonly asset: Record<string, unknown>;
  readonly assets: number;
  /** What the node showed. */
  readonly statuses: readonly string[];
  readonly log: string;
}

/** How many chunks of one file a create node sends at once. */
export const WORKERS = 4;

/**
 * Uploads a file through a real Node-RED while the platform cannot be reached for some time: connections break, and new
 * ones are refused.
 * @param outage milliseconds
 */
export async function throughOutage(outage: number, interruption: Interruption): Promise<Interrupted> {
  await using stage = await stall(interruption);
  const { running, emulator } = stage;
  await emulator.close();
  await sleep(outage);
  await stage.restartEmulator();
  return stage.result(await running, stage.nodeRed);
}

/** Kills a Node-RED (`kill -9`) in the middle of an upload, and sends the same message to another process. */
export async function afterKill(interruption: Interruption): Promise<Interrupted> {
  await using stage = await stall(interruption);
  // Its own answer never comes.
  stage.running.catch(() => undefined);
  await stage.nodeRed.stop('SIGKILL');
  await stage.emulator.close();
  await stage.restartEmulator();
  await using again = await stage.startNodeRed();
  return stage.result(await stage.send(again), again);
}

/** An upload that has sent some chunks and then gets no further. */
async function stall({ size, chunkSize, sentBefore, version }: Interruption) {
  const stack = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'node-red-interrupted-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const file = await videoOf(size, path.join(folder, 'large.mp4'));
  const platform = { port: await reservePort(), dataDir: path.join(folder, 'platform'), chunkSize };
  const start = () => startEmulator({ ...platform, ffmpeg: false });
  let emulator = await start();
  stack.defer(() => emulator.close());
  emulator.addFaults([
    {
      match: { method: 'PUT', path: '/storage/*', nth: sentBefore + 1, times: 'always' },
      action: { type: 'stall', while: 'reading', afterBytes: 100 },
    },
  ]);
  const flow = nodeFlow('create', emulator);
  const userDir = path.join(folder, 'user');
  await mkdir(userDir);
  let isPrepared = false;
  const startNodeRed = async () => {
    const { nodes: flows, credentials } = flow;
    const nodeRed = await NodeRed.start({ version, userDir, flows, credentials, prepared: isPrepared });
    isPrepared = true;
    return nodeRed;
  };
  const nodeRed = stack.use(await startNodeRed());
  const comms = stack.use(await Comms.connect(nodeRed.url));
  const send = (to: NodeRed) =>
    to.call<Driven>('/create', {
      payload: file,
      twelvelabs: { once: 'job 1', upload: 'multipart', waitUntilReady: true },
    });
  const running = send(nodeRed);
  const ended = running.then(({ error }) => Promise.reject(new Error(`The upload ended: ${error?.message}`)));
  while (chunksAt(emulator) < sentBefore) await Promise.race([sleep(20), ended]);
  ended.catch(() => undefined);
  const before = chunksAt(emulator);

  return {
    nodeRed,
    running,
    startNodeRed,
    send,
    get emulator() {
      return emulator;
    },
    async restartEmulator() {
      emulator = await start();
    },
    async result({ asset, error }: Driven, by: NodeRed): Promise<Interrupted> {
      if (error) throw new Error(error.message);
      const assets = await assetsAt(emulator);
      return {
        chunks: Math.ceil(size / chunkSize),
        before,
        after: emulator.requests().filter(({ method }) => method === 'PUT').length,
        asset,
        assets: assets.length,
        statuses: comms.statuses('create-node').map(({ text }) => text ?? ''),
        log: by.log,
      };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Chunks that the platform has whole. */
function chunksAt(emulator: Emulator): number {
  return emulator.requests().filter(({ method, status }) => method === 'PUT' && status === 200).length;
}

async function assetsAt({ baseUrl, apiKey }: Emulator): Promise<unknown[]> {
  const response = await fetch(`${baseUrl}/assets`, { headers: { 'x-api-key': apiKey } });
  return ((await response.json()) as { data: unknown[] }).data;
}

/** A real video with a box of nothing behind it, which takes no place on the disk. */
async function videoOf(size: number, file: string): Promise<string> {
  await copyFile(sampleVideo, file);
  const { size: start } = await stat(file);
  const box = Buffer.alloc(8);
  box.writeUInt32BE(size - start, 0);
  box.write('free', 4, 'latin1');
  const handle = await open(file, 'r+');
  await handle.write(box, 0, box.length, start);
  await handle.close();
  await truncate(file, size);
  return file;
}

import { readFileSync } from 'node:fs';
import type { FlowCredentials } from '../harness/credentials-file.ts';
import { type FlowNode, NodeRed, type StartOptions } from '../harness/node-red.ts';
import { type Account, nodeFlow } from './node-flow.ts';

/** A file as a test gives it to the node: on disk, or as a Buffer. */
export type DrivenFile =
  | {
      readonly path: string;
      readonly name?: string;
      readonly type?: string;
      /** Gives so many bytes, and then nothing. */
      readonly stallsAfter?: number;
    }
  | { readonly buffer: Uint8Array; readonly name?: string; readonly type?: string };

/** Core's parameters, with the file in a form that can travel into another process. */
export type DrivenParams = Readonly<Record<string, unknown>> & { readonly file?: DrivenFile };

/** Core's options of `create` that a message can carry; times in milliseconds, as in core. */
export type DrivenOptions = Readonly<Record<string, unknown>>;

export interface DrivenError {
  /** What the Catch node shows: the error's name, message and hint. */
  readonly message: string;
  /** Core's code, such as `validation`. */
  readonly code?: string;
  /** Core's `toJSON()`: name, code, message, hint, issues, status… */
  readonly details?: Record<string, unknown>;
}

export type Driven =
  | {
      readonly asset: Record<string, unknown>;
      readonly rest: Record<string, unknown>;
      readonly error?: undefined;
    }
  | { readonly error: DrivenError; readonly asset?: undefined };

export interface ContractDriver extends AsyncDisposable {
  readonly nodeRed: NodeRed;
  /**
   * Runs one create through the real node.
   * @param account another key or address than the driver's, for one call; `apiKey: undefined` is a deleted credential.
   */
  create(params: DrivenParams, options?: DrivenOptions, account?: Account): Promise<Driven>;
  /** Sends a message through any node. @param node its type and settings; by default a create node */
  send(message: Record<string, unknown>, node?: NodeSettings, account?: Account): Promise<Driven>;
  /** Ends Node-RED and removes what it left. */
  close(): Promise<void>;
}

type NodeSettings = Readonly<Record<string, unknown>>;

/** Flows that stay deployed although nothing runs in them. */
const MOST_FLOWS = 16;

interface DrivenFlow extends ReturnType<typeof nodeFlow> {
  /** Creates that run in it. */
  running: number;
}

/**
 * Starts one real Node-RED that runs any number of creates, also at the same time.
 * @param options its `flows` stay deployed beside those of the driver
 */
export async function startContractDriver(
  account: Account,
  options: StartOptions = {},
): Promise<ContractDriver> {
  const flows = new Map<string, DrivenFlow>();
  let made = 0;
  const flowOf = (wanted: Account, node: NodeSettings) => {
    const key = JSON.stringify([wanted.baseUrl, wanted.apiKey, node]);
    const known = flows.get(key);
    if (known) return { flow: known, isNew: false };
    // Whoever drives thousands of accounts must not make Node-RED keep a flow of each.
    for (const [old, { running }] of flows) if (flows.size >= MOST_FLOWS && running === 0) flows.delete(old);
    const flow: DrivenFlow = { ...nodeFlow(`driven${made++}`, wanted, node), running: 0 };
    flows.set(key, flow);
    return { flow, isNew: true };
  };
  const { flows: kept = [], credentials: keptCredentials, ...startOptions } = options;
  const deployed = () => ({
    nodes: [...kept, ...[...flows.values()].flatMap((flow) => flow.nodes)],
    credentials: Object.assign(
      {},
      keptCredentials,
      ...[...flows.values()].map((flow) => flow.credentials),
    ) as FlowCredentials,
  });
  flowOf(account, {});
  const { nodes, credentials } = deployed();
  const nodeRed = await NodeRed.start({
    ...startOptions,
    flows: nodes,
    credentials,
    // The content of a file travels in the request; the largest refused image has 6 MB.
    settings: { apiMaxLength: '64mb', ...options.settings },
  });

  let deploying: Promise<void> = Promise.resolve();
  const deployAll = async () => {
    const { nodes, credentials } = deployed();
    await nodeRed.deploy(nodes, { credentials, type: 'nodes' });
  };
  const send: ContractDriver['send'] = async (message, node = {}, other = account) => {
    const { flow, isNew } = flowOf(other, node);
    flow.running++;
    try {
      if (isNew) deploying = deploying.then(() => deployAll());
      await deploying;
      return await nodeRed.call<Driven>(`/${nameFrom(flow.nodes)}`, message);
    } finally {
      flow.running--;
    }
  };

  return {
    nodeRed,
    create: (params, createOptions = {}, other = account) =>
      send(messageFor(params, createOptions), {}, other),
    send,
    close: () => nodeRed.stop(),
    [Symbol.asyncDispose]: () => nodeRed.stop(),
  };
}

function nameFrom([tab]: readonly FlowNode[]): string {
  return String(tab?.label);
}

/** Core's names to the node's: what a flow's author would write into `msg.payload` and `msg.twelvelabs`. */
function messageFor(params: DrivenParams, options: DrivenOptions): Record<string, unknown> {
  const { method, file, url, filename, enable_hls, enable_thumbnail, user_metadata } = params;
  const seconds = (value: unknown) => (typeof value === 'number' ? value / 1000 : value);
  return {
    payload: method === 'url' ? url : file && fileObject(file),
    twelvelabs: {
      method,
      filename,
      enableHls: enable_hls,
      enableThumbnail: enable_thumbnail,
      metadata: user_metadata,
      ...options,
      maxWait: seconds(options.maxWait),
      timeout: seconds(options.timeout),
      idleTimeout: seconds(options.idleTimeout),
    },
  };
}

/** The shape that `http in` gives for an upload. A lone path needs no object. */
function fileObject(file: DrivenFile): unknown {
  const described = { originalname: file.name, mimetype: file.type };
  if ('path' in file && file.stallsAfter !== undefined) {
    const content = readFileSync(file.path);
    const base64 = content.subarray(0, file.stallsAfter).toString('base64');
    return { ...described, base64, stalls: true, size: content.length };
  }
  if ('buffer' in file) return { ...described, base64: Buffer.from(file.buffer).toString('base64') };
  return file.name === undefined && file.type === undefined ? file.path : { ...described, path: file.path };
}

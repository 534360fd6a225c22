import { type Emulator, type EmulatorOptions, startEmulator } from '@twelvelabs-nodes/emulator';
import { type Account, type FlowNode, NodeRed, nodeFlow, type StartOptions } from '../src/index.ts';

/** What a node behind HTTP answers. */
export interface Answer {
  asset?: Record<string, unknown> & { _id: string };
  rest?: Record<string, unknown>;
  error?: { message: string; code?: string; details?: Record<string, unknown> & { issues?: Issue[] } };
}

export interface Issue {
  field: string;
  rule: string;
  message: string;
  received: string;
  property?: string;
}

/** An emulator and a Node-RED whose flows each put one node behind HTTP. */
export interface Stage extends AsyncDisposable {
  emulator: Emulator;
  nodeRed: NodeRed;
  /** Sends a message to the node of a flow. */
  send(flow: string, message: Record<string, unknown>): Promise<Answer>;
  /** Paths of the requests that the platform got: `POST /v1.3/assets`. */
  calls(): string[];
}

export interface StageOptions {
  emulator?: EmulatorOptions;
  nodeRed?: StartOptions;
  /** Name of a flow to the settings of its node. */
  flows?: Record<string, Record<string, unknown>>;
  /** Settings of all config nodes. */
  config?: Record<string, unknown>;
  /** Further nodes, such as Status and Complete. */
  nodes?: FlowNode[];
  account?: (emulator: Emulator) => Account;
}

export async function setUp({ flows = { create: {} }, ...options }: StageOptions = {}): Promise<Stage> {
  const emulator = await startEmulator(options.emulator);
  const account = options.account?.(emulator) ?? emulator;
  const all = Object.entries(flows).map(([name, node]) => nodeFlow(name, account, node, options.config));
  const nodeRed = await NodeRed.start({
    ...options.nodeRed,
    flows: [...all.flatMap((flow) => flow.nodes), ...(options.nodes ?? [])],
    credentials: Object.assign({}, ...all.map((flow) => flow.credentials), options.nodeRed?.credentials),
  });
  return {
    emulator,
    nodeRed,
    send: (flow, message) => nodeRed.call<Answer>(`/${flow}`, message),
    calls: () => emulator.requests().map(({ method, path }) => `${method} ${path}`),
    async [Symbol.asyncDispose]() {
      await nodeRed.stop();
      await emulator.close();
    },
  };
}

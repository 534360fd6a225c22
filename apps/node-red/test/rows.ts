import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { type FlowNode, NodeRed, nodeFlow, type StartOptions } from '../src/index.ts';
import type { Answer } from './set-up.ts';

/** A node of a row: its type and what differs from a create node that reads `msg.payload`. */
export type Step = Readonly<Record<string, unknown>>;

export const CREATE: Step = { type: 'twelvelabs-create-asset', source: 'payload', sourceType: 'msg' };

/** A Function node. */
export const code = (func: string, more: object = {}): Step => ({
  type: 'function',
  outputs: 1,
  func,
  ...more,
});

/**
 * Nodes in a row behind HTTP, as `nodeFlow` puts one. The first is called `NAME-node`, the next `NAME-1` and so on; after
 * the last comes `NAME-ok`. Errors of all of them are answered, unless the row has a Catch node of its own.
 */
function rowFlow(name: string, baseUrl: string, [first = {}, ...rest]: readonly Step[]): FlowNode[] {
  const ids = [`${name}-node`, ...rest.map((_, index) => `${name}-${index + 1}`), `${name}-ok`];
  const wiresOf = (index: number, step: Step) => step.wires ?? [[ids[index + 1]]];
  const { nodes } = nodeFlow(name, { baseUrl }, first);
  const catches = rest.some(({ type }) => type === 'catch');
  return [
    ...nodes.map((node) => {
      if (node.type === 'catch') return { ...node, scope: catches ? [] : null };
      return node.id === ids[0] ? { ...node, wires: wiresOf(0, first) } : node;
    }),
    ...rest.map((step, index) => ({
      id: String(ids[index + 1]),
      type: String(step.type),
      z: `${name}-tab`,
      config: `${name}-config`,
      ...step,
      wires: wiresOf(index + 1, step),
    })),
  ];
}

/** A Node-RED with rows of nodes, and the platform of their accounts. */
export interface Rows extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly nodeRed: NodeRed;
  /** Sends a message into a row. */
  send(row: string, message: object): Promise<Answer>;
  /** Requests that create something. */
  creates(): ReturnType<Emulator['requests']>;
}

/** @param baseUrls of the rows whose account is that of another platform */
export async function startRows(
  options: StartOptions,
  rows: Readonly<Record<string, readonly Step[]>>,
  baseUrls: Readonly<Record<string, string>> = {},
): Promise<Rows> {
  const emulator = await startEmulator({ processingMs: 50 });
  const nodeRed = await NodeRed.start({
    ...options,
    flows: Object.entries(rows).flatMap(([name, steps]) =>
      rowFlow(name, baseUrls[name] ?? emulator.baseUrl, steps),
    ),
    credentials: Object.fromEntries(
      Object.keys(rows).map((name) => [`${name}-config`, { apiKey: emulator.apiKey }]),
    ),
  });
  return {
    emulator,
    nodeRed,
    send: (row, message) => nodeRed.call<Answer>(`/${row}`, message),
    creates: () => emulator.requests().filter(({ method }) => method === 'POST'),
    async [Symbol.asyncDispose]() {
      await nodeRed.stop();
      await emulator.close();
    },
  };
}

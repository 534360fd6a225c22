import { randomUUID } from 'node:crypto';

/** A workflow as n8n imports and exports it. */
export interface Workflow {
  readonly id?: string;
  readonly name: string;
  readonly nodes: readonly WorkflowNode[];
  readonly connections: Record<string, Record<string, { node: string; type: string; index: number }[][]>>;
  readonly settings: Record<string, unknown>;
  readonly pinData: Record<string, { json: unknown }[]>;
  readonly active: boolean;
}

export interface WorkflowNode {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly typeVersion: number;
  readonly position: [number, number];
  readonly parameters: Record<string, unknown>;
  readonly credentials?: Record<string, { id: string; name: string }>;
  readonly [setting: string]: unknown;
}

export interface NodeSketch {
  readonly name: string;
  readonly type: string;
  readonly typeVersion?: number;
  readonly parameters?: Record<string, unknown>;
  /** Id and name of a `twelveLabsApi` credential. */
  readonly credential?: { id: string; name: string };
  /** `onError`, `retryOnFail`, `executeOnce`… */
  readonly settings?: Record<string, unknown>;
}

export const TRIGGER = 'When clicking ‘Execute workflow’';
export const NODE_TYPE = 'n8n-nodes-twelvelabs.twelveLabs';
export const TRIGGER_TYPE = 'n8n-nodes-twelvelabs.twelveLabsTrigger';

/** A workflow that runs its nodes one after the other, behind a manual trigger that gives `items`. */
export function chain(name: string, items: readonly unknown[], sketches: readonly NodeSketch[]): Workflow {
  const trigger: NodeSketch = { name: TRIGGER, type: 'n8n-nodes-base.manualTrigger' };
  const nodes = [trigger, ...sketches].map(toNode);
  const connections: Workflow['connections'] = {};
  for (const [index, node] of nodes.entries()) {
    const next = nodes[index + 1];
    if (next) connections[node.name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
  }
  return {
    name,
    nodes,
    connections,
    settings: { executionOrder: 'v1' },
    pinData: { [TRIGGER]: items.map((json) => ({ json })) },
    active: false,
  };
}

function toNode(sketch: NodeSketch, index: number): WorkflowNode {
  return {
    id: randomUUID(),
    name: sketch.name,
    type: sketch.type,
    typeVersion: sketch.typeVersion ?? 1,
    position: [index * 220, 0],
    parameters: sketch.parameters ?? {},
    ...(sketch.credential ? { credentials: { twelveLabsApi: sketch.credential } } : {}),
    ...sketch.settings,
  };
}

/** Reads the file that each item's `path` names into the binary field `data`; `fileName` and `mimeType` override what n8n finds. */
export function readFileNode(options: Record<string, unknown> = {}, path = '={{ $json.path }}'): NodeSketch {
  return {
    name: 'Read file',
    type: 'n8n-nodes-base.readWriteFile',
    typeVersion: 1.1,
    parameters: { operation: 'read', fileSelector: path, options },
  };
}

import { importWorkflow, readRawOutput } from '../src/command-line.ts';
import type { Home } from '../src/home.ts';
import { spawnN8n } from '../src/process.ts';
import { chain, NODE_TYPE, type NodeSketch, readFileNode } from '../src/workflow.ts';
import { type Usage, usageOf } from './process-usage.ts';

/** `ours`: this package's node. `http`: n8n's own HTTP Request node, which sends the same form. */
export type Arm = 'ours' | 'http';

export interface Measured extends Usage {
  /** Seconds in the node that uploads. */
  readonly inNode: number;
}

export interface Account {
  readonly apiKey: string;
  readonly baseUrl: string;
}

const UPLOAD = 'Upload';

/** Stores the workflow of an arm; its id. */
export function prepare(
  home: Home,
  arm: Arm,
  file: string,
  account: Account,
  options: object,
): Promise<string> {
  const node = arm === 'ours' ? ourNode(options) : httpNode(account);
  return importWorkflow(home, chain(`Bench ${arm}`, [], [readFileNode({}, file), node]));
}

/** Runs a workflow in a fresh `n8n execute`. @throws {Error} when it made no asset */
export async function runFresh(home: Home, workflowId: string): Promise<Measured> {
  const running = await spawnN8n(home, ['execute', '--id', workflowId, '--rawOutput']);
  const usage = await usageOf(running);
  await running.stop();
  const { nodes, error } = readRawOutput(running.output());
  const run = nodes[UPLOAD];
  if (!run?.outputs[0]?.[0]?.json._id) throw new Error(`No asset: ${JSON.stringify(run?.error ?? error)}`);
  return { ...usage, inNode: run.executionTime / 1000 };
}

function ourNode(options: object): NodeSketch {
  return {
    name: UPLOAD,
    type: NODE_TYPE,
    credential: { id: 'bench', name: 'Bench' },
    parameters: { options },
  };
}

function httpNode({ apiKey, baseUrl }: Account): NodeSketch {
  return {
    name: UPLOAD,
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    parameters: {
      method: 'POST',
      url: `${baseUrl}/assets`,
      sendHeaders: true,
      headerParameters: { parameters: [{ name: 'x-api-key', value: apiKey }] },
      sendBody: true,
      contentType: 'multipart-form-data',
      bodyParameters: {
        parameters: [
          { parameterType: 'formData', name: 'method', value: 'direct' },
          { parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' },
        ],
      },
      options: {},
    },
  };
}

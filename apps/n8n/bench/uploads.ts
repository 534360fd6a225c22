import { importWorkflow, readRawOutput } from '../src/command-line.ts';
import type { Home } from '../src/home.ts';
import { spawnN8n } from '../src/process.ts';
import { chain, NODE_TYPE, type NodeSketch, readFileNode } from '../src/workflow.ts';
import { type Usage, usageOf } from './process-usage.ts';

/**
 * What sends the files: this package's node, or n8n's own HTTP Request node with the same form. `nothing` only reads
 * them, which shows what of a run is n8n's own start and the reading.
 */
export type Uploader = 'nothing' | 'ours' | 'http';

export interface Measured extends Usage {
  /** Seconds in the node that uploads. */
  readonly inNode: number;
}

export interface Account {
  readonly apiKey: string;
  readonly baseUrl: string;
}

const UPLOAD = 'Upload';

/** Stores a workflow that reads files and uploads them; its id. @param files a path, or a pattern for several */
export function prepare(
  home: Home,
  uploader: Uploader,
  files: string,
  account: Account,
  options: object = {},
): Promise<string> {
  const upload = { nothing: [], ours: [ourNode(options)], http: [httpNode(account)] }[uploader];
  return importWorkflow(home, chain(`Bench ${uploader}`, [], [readFileNode({}, files), ...upload]));
}

/** Runs a workflow in a fresh `n8n execute`. @param count assets that it must make @throws {Error} when it made fewer */
export async function runFresh(home: Home, workflowId: string, count: number): Promise<Measured> {
  const running = await spawnN8n(home, ['execute', '--id', workflowId, '--rawOutput']);
  const usage = await usageOf(running);
  await running.stop();
  const { nodes, error } = readRawOutput(running.output());
  const run = nodes[UPLOAD];
  const made = run?.outputs[0]?.filter(({ json }) => json._id).length ?? 0;
  if (made !== count) throw new Error(`${made} of ${count} assets: ${JSON.stringify(run?.error ?? error)}`);
  return { ...usage, inNode: (run?.executionTime ?? 0) / 1000 };
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
    typeVersion: 4.4,
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

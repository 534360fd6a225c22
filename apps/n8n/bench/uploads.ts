import { importWorkflow } from '../src/command-line.ts';
import type { Home } from '../src/home.ts';
import { chain, NODE_TYPE, type NodeSketch, readFileNode } from '../src/workflow.ts';
import { type Measured, runFresh } from './fresh-run.ts';

/** What sends the files: this package's node, or n8n's own HTTP Request node with the same form. */
export type Uploader = 'ours' | 'http';

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
  const upload = uploader === 'ours' ? ourNode(options) : httpNode(account);
  return importWorkflow(home, chain(`Bench ${uploader}`, [], [readFileNode({}, files), upload]));
}

/** Runs such a workflow. @param count assets that it must make @throws {Error} when it made fewer */
export async function upload(home: Home, workflowId: string, count: number): Promise<Measured> {
  const { measured, items } = await runFresh(home, workflowId, UPLOAD);
  const made = items.filter(({ json }) => json._id).length;
  if (made !== count) throw new Error(`${made} of ${count} assets: ${JSON.stringify(items)}`);
  return measured;
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

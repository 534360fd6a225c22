import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { afterAll, beforeEach, inject } from 'vitest';
import { type StoredCredential, saveCredential } from '../../src/credential.ts';
import { type Execution, executeWorkflow, type NodeRun, type OutputItem } from '../../src/execute.ts';
import { type Rest, restOf } from '../../src/rest.ts';
import { chain, NODE_TYPE, type NodeSketch, readFileNode } from '../../src/workflow.ts';
import { MARKER_KEY } from './shared-n8n.ts';

export const NODE = 'TwelveLabs';

export interface Setup {
  readonly emulator: Emulator;
  readonly rest: Rest;
  readonly credential: StoredCredential;
  /** Runs our node once for each item; an item's `path` names a file for its binary field `data`. */
  run(parameters: object, items?: object[], settings?: RunSettings): Promise<Ran>;
}

export interface RunSettings {
  readonly credential?: StoredCredential;
  /** `onError` and the like, for our node. */
  readonly node?: Record<string, unknown>;
  /** Options of the node that reads the files: `fileName`, `mimeType`. */
  readonly file?: Record<string, unknown>;
  /** Milliseconds that the execution may take. Default 120 000. */
  readonly timeout?: number;
}

/** What our node did. */
export interface Ran {
  readonly execution: Execution;
  readonly node: NodeRun | undefined;
  /** Items of the main output. */
  readonly items: OutputItem[];
  /** Their JSON. */
  readonly json: Record<string, unknown>[];
  readonly error: NodeRun['error'];
}

export function shared() {
  return inject('n8n');
}

/** An emulator of this test file, and a credential for it in the shared n8n. */
export async function setUp(options: Parameters<typeof startEmulator>[0] = {}): Promise<Setup> {
  const { url, cookie } = shared();
  const rest = restOf(url, cookie);
  const emulator = await startEmulator({ apiKeys: [MARKER_KEY], processingMs: 20, ...options });
  afterAll(() => emulator.close());
  beforeEach(() => emulator.reset());
  const credential = await saveCredential(rest, { apiKey: MARKER_KEY, baseUrl: emulator.baseUrl });
  return { emulator, rest, credential, run: runner(rest, credential) };
}

export function runner(rest: Rest, credential: StoredCredential): Setup['run'] {
  return async (parameters, items = [{}], settings = {}) => {
    const node: NodeSketch = {
      name: NODE,
      type: NODE_TYPE,
      parameters: { ...parameters },
      credential: settings.credential ?? credential,
      ...(settings.node ? { settings: settings.node } : {}),
    };
    const hasFiles = items.some((item) => 'path' in item);
    const nodes = hasFiles ? [readFileNode(settings.file), node] : [node];
    const execution = await executeWorkflow(rest, chain('Test', items, nodes), settings.timeout);
    const ran = execution.nodes[NODE];
    const main = ran?.outputs[0] ?? [];
    return {
      execution,
      node: ran,
      items: main,
      json: main.map(({ json }) => json),
      error: ran?.error ?? execution.error,
    };
  };
}

/** The `POST /assets` that an emulator received. */
export function creates(emulator: Emulator) {
  return emulator.requests().filter(({ method, path }) => method === 'POST' && path === '/v1.3/assets');
}

import type { StoredCredential } from './credential.ts';
import { chain, NODE_TYPE, type NodeSketch, readFileNode, TRIGGER, type Workflow } from './workflow.ts';

/** Name of our node in the driver's workflows. */
export const CREATE_NODE = 'TwelveLabs';

/** Parameters of `POST /assets` by core's names; any value of any type, also wrong ones. */
export type DrivenParams = Readonly<Record<string, unknown>> & { readonly file?: DrivenFile | undefined };

/** A file on disk, with the name and media type that the binary field is to have; n8n finds them by default. */
export interface DrivenFile {
  readonly path: string;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
}

/** Core's options; times in milliseconds. */
export type DrivenOptions = Readonly<Record<string, unknown>>;

/** n8n's name for each parameter and option that stands under Options. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  filename: 'filename',
  enable_hls: 'enableHls',
  enable_thumbnail: 'enableThumbnail',
  user_metadata: 'metadataJson',
  upload: 'upload',
  concurrency: 'chunkConcurrency',
  checkSize: 'checkSize',
  once: 'once',
  intendedFor: 'intendedFor',
  waitUntilReady: 'waitUntilReady',
  waitFor: 'waitFor',
  maxWait: 'maxWait',
  timeout: 'timeout',
  idleTimeout: 'idleTimeout',
};
const UNITS: Readonly<Record<string, number>> = { maxWait: 60_000, timeout: 60_000, idleTimeout: 1_000 };

/**
 * A workflow that creates one asset. Every value comes from the trigger's item by an expression: so any type arrives
 * at the node as it is, and texts that start with "=" stay texts.
 */
export function createWorkflow(
  params: DrivenParams,
  options: DrivenOptions,
  credential: StoredCredential,
): Workflow {
  const { method, file, url, ...rest } = params;
  const values = Object.entries({ ...rest, ...options }).flatMap(([name, value]) => {
    const unit = UNITS[name];
    const inUnits = unit && typeof value === 'number' ? value / unit : value;
    return value === undefined ? [] : [[OPTION_NAMES[name] ?? name, inUnits] as const];
  });
  const item = { path: file?.path, method, url, ...Object.fromEntries(values) };
  const fromItem = (name: string) => `={{ $('${TRIGGER}').item.json.${name} }}`;
  const node: NodeSketch = {
    name: CREATE_NODE,
    type: NODE_TYPE,
    credential,
    parameters: {
      // As in the editor, where the source is chosen, not computed: n8n then knows which fields are required.
      method: method === 'direct' || method === 'url' ? method : fromItem('method'),
      url: fromItem('url'),
      options: Object.fromEntries(values.map(([name]) => [name, fromItem(name)])),
    },
  };
  const described = {
    ...(file?.name === undefined ? {} : { fileName: file.name }),
    ...(file?.type === undefined ? {} : { mimeType: file.type }),
  };
  return chain('Create one asset', [item], file ? [readFileNode(described), node] : [node]);
}

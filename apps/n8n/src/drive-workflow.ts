import { createRequire } from 'node:module';
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

/** A field of the node's form, as far as filling it in needs it. */
interface FormField {
  readonly property: { readonly name: string };
  readonly sets?: string;
  read(value: unknown, label: string): unknown;
}
type FormPart = FormField | { readonly property: { readonly name: string }; readonly fields: FormField[] };
interface NodeModule {
  readonly resources: {
    readonly value: string;
    readonly operations: { readonly value: string; readonly form: FormPart[] }[];
  }[];
}

/** Each field of *Create* by core's name of what it sets, with the group that it stands in. */
function createFields(): Map<string, { field: FormField; group: string | undefined }> {
  const node = 'n8n-nodes-twelvelabs/dist/nodes/TwelveLabs/TwelveLabs.node.js';
  const { resources }: NodeModule = createRequire(import.meta.url)(node);
  const asset = resources.find(({ value }) => value === 'asset');
  const form = asset?.operations.find(({ value }) => value === 'create')?.form ?? [];
  return new Map(
    form.flatMap((part) => {
      const [group, fields] = 'fields' in part ? [part.property.name, part.fields] : [undefined, [part]];
      return fields.map((field) => [field.sets?.split('.').at(-1) ?? field.property.name, { field, group }]);
    }),
  );
}

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
  const fields = createFields();
  const item: Record<string, unknown> = { path: file?.path, method, url };
  const fromItem = (name: string) => `={{ $('${TRIGGER}').item.json.${name} }}`;
  const parameters: Record<string, unknown> = {
    // As in the editor, where the source is chosen, not computed: n8n then knows which fields are required.
    method: method === 'direct' || method === 'url' ? method : fromItem('method'),
    url: fromItem('url'),
  };
  for (const [name, value] of Object.entries({ ...rest, ...options })) {
    const target = fields.get(name);
    if (value === undefined) continue;
    if (!target) throw new Error(`The node has no field that sets ${name}`);
    const { field, group } = target;
    // In the unit of the field: the other way round from how the node reads it.
    item[name] = field.sets && typeof value === 'number' ? value / Number(field.read(1, '')) : value;
    const named = { [field.property.name]: fromItem(name) };
    if (group) parameters[group] = { ...(parameters[group] as object), ...named };
    else Object.assign(parameters, named);
  }
  const node: NodeSketch = { name: CREATE_NODE, type: NODE_TYPE, credential, parameters };
  const described = {
    ...(file?.name === undefined ? {} : { fileName: file.name }),
    ...(file?.type === undefined ? {} : { mimeType: file.type }),
  };
  return chain('Create one asset', [item], file ? [readFileNode(described), node] : [node]);
}

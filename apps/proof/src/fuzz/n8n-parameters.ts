import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { KEY, requirePlain } from './promises.ts';
import { target } from './target.ts';
import { mutated, nasty } from './values.ts';

// The node as it is shipped, with parameters that an editor would not save, but that an expression or an import may
// give. Its context is a stand-in that reads parameters by their path, as n8n does; n8n itself is too slow for this.

const requireHere = createRequire(import.meta.url);
const fromHost = createRequire(requireHere.resolve('@twelvelabs-nodes/app-n8n'));
const packageFile = fromHost.resolve('n8n-nodes-twelvelabs/package.json');

/** A field of the form. Source: `INodeProperties` of n8n-workflow. */
interface Property {
  readonly name: string;
  readonly type: string;
  readonly default: unknown;
  readonly displayOptions?: { readonly show?: Record<string, readonly unknown[]> };
  readonly typeOptions?: { readonly multipleValues?: boolean };
  /** Choices, fields, or groups of fields. */
  readonly options?: readonly (Property & { readonly value?: unknown; readonly values?: Property[] })[];
  readonly modes?: readonly { readonly name: string }[];
}
interface NodeType {
  readonly description: { readonly properties: readonly Property[] };
  execute(this: object): Promise<unknown>;
}
class MissingParameter extends Error {}
let node: NodeType;
let isNodeError: (error: unknown) => boolean;

const ID = '65f0a0b1c2d3e4f5a6b7c8d9';
/** What people enter where the form is empty at first, by the name of the field. */
const ENTERED: Record<string, string> = {
  url: 'https://example.com/a.mp4',
  imageUrl: 'https://example.com/a.jpg',
  filename: 'a.mp4',
  taskId: ID,
  assetId: ID,
  assetIds: `${ID}, ${ID}`,
};

/** Sound parameters: fields in the order of the form, each shown one with a value that `decide` chooses. */
function filledIn(properties: readonly Property[], decide: () => number): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const property of properties) {
    const shown = Object.entries(property.displayOptions?.show ?? {});
    if (shown.every(([name, values]) => !(name in parameters) || values.includes(parameters[name])))
      parameters[property.name] = entered(property, decide);
  }
  return parameters;
}

function entered(property: Property, decide: () => number): unknown {
  const { name, type, options = [], modes = [] } = property;
  const oneOf = <T>(all: readonly T[]) => all[decide() % all.length];
  switch (type) {
    case 'options':
      return oneOf(options)?.value;
    case 'multiOptions':
      return [oneOf(options)?.value];
    case 'boolean':
      return decide() % 2 === 0;
    case 'resourceLocator': {
      const mode = oneOf(modes)?.name;
      return { __rl: true, mode, value: mode === 'name' ? 'library' : ID };
    }
    case 'collection':
      return filledIn(
        options.filter(() => decide() % 2 === 0),
        decide,
      );
    case 'fixedCollection':
      return Object.fromEntries(
        options.map(({ name: group, values = [] }) => {
          const value = filledIn(values, decide);
          return [group, property.typeOptions?.multipleValues ? [value] : value];
        }),
      );
    default:
      return property.default === '' ? (ENTERED[name] ?? 'x') : property.default;
  }
}

/** What an editor would save of any operation, after up to four changes at random places. */
const parameters = fc
  .array(fc.nat(), { minLength: 60, maxLength: 60 })
  .map((decisions) => filledIn(node.description.properties, () => decisions.pop() ?? 0))
  .chain(mutated);

const binary = fc.option(
  fc.record({
    data: fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      nasty,
      fc.constant(Buffer.from('\0\0\0\u0018ftypisom', 'latin1').toString('base64')),
    ),
    mimeType: fc.oneof(fc.constantFrom('video/mp4', 'text/plain', 'image/png'), nasty),
    fileName: fc.option(nasty, { nil: undefined }),
  }),
  { nil: undefined, freq: 4 },
);

export const n8nParameters = target({
  name: 'n8n: node parameters',
  weight: 15,
  open,
  input: fc.record({ parameters, binary }),
  async check({ parameters, binary }) {
    const urls: string[] = [];
    try {
      await node.execute.call(contextOf(parameters, binary, urls));
      throw new Error('It succeeded against a platform that refuses everything');
    } catch (error) {
      // n8n's own, before a node is run.
      if (error instanceof MissingParameter) return;
      if (!isNodeError(error)) throw new Error(`A foreign error: ${String(error)}`, { cause: error });
      requirePlain(error as Error);
    }
    for (const url of urls) {
      if (!url.startsWith('https://api.example/v1.3/')) throw new Error(`A request to ${url}`);
      if (/\/\.\.?(\/|$)|%2e/i.test(new URL(url).pathname)) throw new Error(`A request to ${url}`);
    }
  },
});

async function open(): Promise<void> {
  const requireNode = createRequire(packageFile);
  const { TwelveLabs } = requireNode('./dist/nodes/TwelveLabs/TwelveLabs.node.js');
  node = new TwelveLabs() as NodeType;
  const { NodeError } = requireNode('n8n-workflow');
  isNodeError = (error) => error instanceof NodeError;
}

function contextOf(parameters: unknown, binary: object | undefined, urls: string[]): object {
  const items = [{ json: {}, ...(binary ? { binary: { data: binary } } : {}) }];
  const answer = async (_: unknown, options?: unknown) => {
    const { url, body } = (options ?? _) as { url: string; body?: { stream(): AsyncIterable<Uint8Array> } };
    urls.push(url);
    if (body) for await (const _piece of body.stream());
    const told = Buffer.from(`{"code": "parameter_invalid", "message": "no, ${KEY}"}`);
    return { statusCode: 400, headers: {}, body: Readable.from([told], { objectMode: false }) };
  };
  return {
    getNodeParameter(name: string, _item: number, ...rest: [unknown?, { extractValue?: boolean }?]) {
      const [fallback, { extractValue = false } = {}] = rest;
      const found = name.split('.').reduce<unknown>((holder, key) => field(holder, key), parameters);
      const value = found === undefined ? fallback : found;
      if (value === undefined && rest.length === 0)
        throw new MissingParameter(`Could not get parameter "${name}"`);
      return extractValue && field(value, '__rl') ? field(value, 'value') : value;
    },
    getInputData: () => items,
    getNode: () => ({
      id: '1',
      name: 'TwelveLabs',
      type: 'twelveLabs',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    }),
    getCredentials: async () => ({ apiKey: KEY, baseUrl: 'https://api.example/v1.3' }),
    getExecutionCancelSignal: () => undefined,
    evaluateExpression: () => 0,
    continueOnFail: () => false,
    addExecutionHints: () => undefined,
    getMode: () => 'trigger',
    getExecutionId: () => '1',
    logger: { info: () => undefined, warn: () => undefined },
    helpers: {
      httpRequest: answer,
      httpRequestWithAuthentication: (_: string, options: unknown) => answer(undefined, options),
      assertBinaryData(_item: number, name: unknown) {
        const data = field(items[0]?.binary, String(name));
        if (!data) throw new Error(`No binary field ${String(name)}`);
        return data;
      },
    },
  };
}

const field = (holder: unknown, key: string): unknown =>
  typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined;

import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { KEY, requirePlain } from './promises.ts';
import { target } from './target.ts';
import { junk, mutated, nasty } from './values.ts';

// The node as it is shipped, with parameters that an editor would not save, but that an expression or an import may
// give. Its context is a stand-in that reads parameters by their path, as n8n does; n8n itself is too slow for this.

const requireHere = createRequire(import.meta.url);
const fromHost = createRequire(requireHere.resolve('@twelvelabs-nodes/app-n8n'));
const packageFile = fromHost.resolve('n8n-nodes-twelvelabs/package.json');

interface NodeType {
  execute(this: object): Promise<unknown>;
}
class MissingParameter extends Error {}
let node: NodeType;
let isNodeError: (error: unknown) => boolean;

const KIND = fc.constantFrom('direct', 'url');
const create = {
  resource: 'asset',
  operation: 'create',
  method: 'url',
  url: 'https://example.com/a.mp4',
  binaryPropertyName: 'data',
  options: {
    filename: 'a.mp4',
    enableHls: true,
    metadata: { pairs: [{ key: 'a', value: 'b' }] },
    metadataJson: '{"a": 1}',
    once: 'k',
    upload: 'auto',
    chunkConcurrency: 4,
    concurrency: 2,
    checkSize: true,
    idleTimeout: 60,
    timeout: 5,
    maxWait: 30,
    waitFor: ['asset'],
    waitUntilReady: true,
    intendedFor: ['search'],
  },
};
const assetId = { __rl: true, mode: 'id', value: '65f0a0b1c2d3e4f5a6b7c8d9' };
const others = [
  { operation: 'get', assetId },
  { operation: 'delete', assetId, options: { force: true } },
  {
    operation: 'waitUntilReady',
    assetId,
    options: { maxWait: 1, waitFor: ['hls'], intendedFor: ['embeddings'] },
  },
  {
    operation: 'getAll',
    returnAll: false,
    limit: 5,
    filters: { assetIds: 'a,b', filename: 'x', assetTypes: ['video'] },
  },
  {
    operation: 'updateMetadata',
    assetId,
    mode: 'merge',
    specifyMetadata: 'pairs',
    metadata: { pairs: [] },
    removeKeys: 'a',
  },
  {
    operation: 'updateMetadata',
    assetId,
    mode: 'replace',
    specifyMetadata: 'json',
    metadataJson: '{"a": 1}',
  },
];
const byId = { __rl: true, mode: 'id', value: '65f0a0b1c2d3e4f5a6b7c8d9' };
const byName = { __rl: true, mode: 'name', value: 'library' };
const video = { source: 'asset', assetId: byId };
/** Operations of the resources beyond assets. */
const downstream = [
  {
    resource: 'analysis',
    operation: 'analyze',
    ...video,
    question: 'custom',
    prompt: 'What?',
    answerAs: 'text',
  },
  {
    resource: 'analysis',
    operation: 'analyze',
    source: 'url',
    url: 'https://example.com/a.mp4',
    question: 'custom',
    prompt: 'What?',
    answerAs: 'json',
    schemaType: 'fromJson',
    jsonExample: '{"a": ["b"]}',
    options: { startTime: 0, endTime: 10, maxTokens: 4096, temperature: 0.2, waitForResult: false },
  },
  {
    resource: 'analysis',
    operation: 'segment',
    ...video,
    definitions: {
      definition: [
        { id: 'scene', description: 'x', fields: { field: [{ name: 'a', type: 'array', values: 'b, c' }] } },
      ],
    },
  },
  { resource: 'analysis', operation: 'getTask', taskId: byId.value },
  { resource: 'index', operation: 'create', indexName: 'library' },
  { resource: 'index', operation: 'getAll', returnAll: true, filters: { indexName: 'x' } },
  { resource: 'index', operation: 'update', indexId: byId, indexName: 'y' },
  { resource: 'indexedAsset', operation: 'create', indexId: byName, ...video, waitUntilReady: true },
  {
    resource: 'indexedAsset',
    operation: 'getTranscript',
    indexId: byId,
    indexedAssetId: byId,
    format: 'srt',
  },
  {
    resource: 'search',
    operation: 'query',
    indexId: byId,
    searchBy: 'text',
    queryText: 'x',
    searchOptions: ['visual'],
    limit: 5,
    options: { filter: '{"duration": {"gte": 1}}', operator: 'or', withAssets: true },
  },
  { resource: 'embedding', operation: 'create', inputType: 'text', text: 'x' },
  { resource: 'embedding', operation: 'create', inputType: 'video', ...video, isLong: true },
  {
    resource: 'entity',
    operation: 'create',
    collectionId: byName,
    entityName: 'Ada',
    images: 'assets',
    assetIds: `${byId.value}, ${byId.value}`,
  },
  { resource: 'entity', operation: 'get', collectionId: byId, entityId: byId },
];
const parameters = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(mutated(create), KIND).map(([given, method]) => withKind(given, method)) },
  { weight: 4, arbitrary: fc.constantFrom(...others).chain((one) => mutated(one)) },
  { weight: 6, arbitrary: fc.constantFrom(...downstream).chain((one) => mutated(one)) },
  fc.record({
    operation: fc.constantFrom(
      'create',
      'get',
      'getAll',
      'delete',
      'updateMetadata',
      'waitUntilReady',
      'toString',
    ),
    options: fc.oneof(junk, fc.dictionary(fc.constantFrom(...Object.keys(create.options)), junk)),
    url: junk,
    method: fc.oneof(KIND, junk),
    assetId: fc.oneof(
      junk,
      junk.map((value) => ({ __rl: true, mode: 'id', value })),
    ),
    filters: junk,
    metadata: junk,
    metadataJson: junk,
  }),
);

/** Half of the creates send the file of the item. */
function withKind(given: unknown, method: string): unknown {
  const isCreate = typeof given === 'object' && given !== null && !Array.isArray(given);
  return isCreate && 'method' in given && given.method === 'url' ? { ...given, method } : given;
}

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

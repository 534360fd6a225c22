import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { KEY, requirePlain } from './promises.ts';
import { target } from './target.ts';
import { junk, mutated, nasty } from './values.ts';

// The nodes as they are shipped, with configurations that a hand, an older version or a broken file may have made, and
// Node-RED's own reading of typed inputs. Registration is a stand-in: a Node-RED that deploys is too slow for this.

const requireHere = createRequire(import.meta.url);
const fromHost = createRequire(requireHere.resolve('@twelvelabs-nodes/app-node-red'));
const requireNodes = createRequire(fromHost.resolve('@twelvelabs-nodes/node-red-twelvelabs/package.json'));
const { util } = createRequire(fromHost.resolve('node-red/package.json'))('@node-red/util') as {
  util: object;
};

const manifest = requireNodes('./package.json') as { 'node-red': { nodes: Record<string, string> } };
/** The account is what they share, and asset events takes no message. */
const WITHOUT_INPUT = ['config', 'asset-events'];
const TYPES = Object.keys(manifest['node-red'].nodes)
  .map((type) => type.replace('twelvelabs-', ''))
  .filter((type) => !WITHOUT_INPUT.includes(type));
type Done = (error?: unknown) => void;
type Constructor = (this: EventEmitter, saved: unknown) => void;
const constructors = new Map<string, Constructor>();
const nodes = new Map<string, EventEmitter>();
let platform: Server;
let baseUrl = '';
let asked: string[] = [];

/** Context storage, which answers by a callback where it is given one. */
const memory = {
  get(name: string, _store: unknown, callback?: (error: null, value: unknown) => void) {
    const value = name === 'x' ? 'a' : undefined;
    if (callback) callback(null, value);
    return value;
  },
};
const RED = {
  util,
  settings: {},
  _: (key: string) => key,
  auth: { needsPermission: () => () => undefined },
  httpAdmin: { post: () => undefined },
  nodes: {
    createNode(node: EventEmitter, saved: { id?: unknown }) {
      Object.assign(node, { credentials: { apiKey: KEY } });
      nodes.set(String(saved?.id), node);
    },
    registerType: (type: string, made: Constructor) => constructors.set(type, made),
    getNode: (id: string) => nodes.get(id) ?? null,
  },
};

const kind = fc.constantFrom(
  'fixed',
  'str',
  'num',
  'bool',
  'json',
  'msg',
  'flow',
  'global',
  'env',
  'jsonata',
  'bin',
  're',
  'date',
  'none',
);
const property = fc.constantFrom(
  ...[
    'source',
    'method',
    'filename',
    'mediaType',
    'enableHls',
    'enableThumbnail',
    'metadata',
    'once',
    'upload',
  ],
  ...[
    'concurrency',
    'checkSize',
    'intendedFor',
    'waitUntilReady',
    'waitFor',
    'maxWait',
    'timeout',
    'idleTimeout',
  ],
  ...[
    'assetId',
    'assetIds',
    'assetTypes',
    'all',
    'limit',
    'page',
    'pageLimit',
    'split',
    'force',
    'action',
    'interval',
  ],
  ...['preset', 'prompt', 'schema', 'stream', 'startTime', 'endTime', 'temperature', 'maxTokens', 'model'],
  ...['index', 'transcript', 'query', 'imageUrl', 'searchIn', 'filter', 'withAssets'],
  ...['method', 'path', 'body', 'input', 'collection', 'name', 'images'],
  ...['output', 'keepOrder', 'config', 'toString', '__proto__'],
);
const settings = fc
  .array(
    fc.tuple(
      property,
      fc.oneof(junk, nasty, fc.constantFrom('payload', 'x', 'true', '5', '{"a":1}', '$.a')),
      fc.option(kind, { nil: undefined }),
    ),
    { maxLength: 6 },
  )
  .map((all) =>
    Object.fromEntries(
      all.flatMap(([name, value, type]) => [
        [name, value] as const,
        ...(type ? [[`${name}Type`, type] as const] : []),
      ]),
    ),
  );
const saved = fc.record(
  {
    configVersion: fc.oneof(fc.constantFrom(1, 2, 1, 2, 3, 0, -1, 1.5, '1', '2', 'x', null), junk),
    enableHls: fc.boolean(),
    filename: nasty,
  },
  { requiredKeys: [] },
);
const mp4 = Buffer.from('\0\0\0\u0018ftypisom', 'latin1');
const message = fc.record(
  {
    payload: fc.oneof(
      junk,
      fc.constantFrom(
        'https://example.com/a.mp4',
        '/nowhere/a.mp4',
        mp4,
        { path: '..' },
        { buffer: mp4, originalname: 'Ã¼.mp4' },
      ),
    ),
    twelvelabs: fc.oneof(
      settings,
      junk,
      mutated({ metadata: { a: 1 }, method: 'url', waitFor: ['asset'], limit: 5 }),
    ),
    filename: nasty,
    parts: junk,
  },
  { requiredKeys: ['payload'] },
);

export const nodeRedConfigs = target({
  name: 'Node-RED: node configurations and messages',
  weight: 15,
  open,
  close,
  input: fc.record({ type: fc.constantFrom(...TYPES), saved, settings, message, parallel: junk }),
  async check({ type, saved, settings, message, parallel }) {
    asked = [];
    const config = { id: 'config', type: 'twelvelabs-config', baseUrl, parallel };
    const whole = {
      source: 'payload',
      sourceType: 'msg',
      assetId: 'payload',
      assetIdType: 'msg',
      config: 'config',
      ...saved,
      ...settings,
      id: 'node',
      type: `twelvelabs-${type}`,
    };
    const account = make('twelvelabs-config', config);
    try {
      const node = refusedOrMade(whole);
      if (node) await run(node, { _msgid: '1', ...message });
    } finally {
      await new Promise<void>((resolve) => account.emit('close', true, resolve));
    }
    for (const url of asked)
      if (!/^\/v1\.3\/(?!.*(\/|%2f)\.\.?([/?]|%2f|$))/i.test(url.split('?')[0] ?? ''))
        throw new Error(`A request to ${url}`);
  },
});

/** A configuration of a newer version is refused as a whole, in words. */
function refusedOrMade(config: { type: string }): EventEmitter | undefined {
  try {
    return make(config.type, config);
  } catch (error) {
    if (!/saved by a newer version/.test(String(error))) throw error;
    requirePlain(error as Error);
    return undefined;
  }
}

function make(type: string, config: object): EventEmitter {
  const node = new EventEmitter();
  Object.assign(node, { status: () => undefined, context: () => ({ flow: memory, global: memory }) });
  constructors.get(type)?.call(node, config);
  return node;
}

/** Sends one message through a node, which has to say once how it ended, and closes it. */
async function run(node: EventEmitter, message: object): Promise<void> {
  let ended = 0;
  const error = await new Promise<unknown>((resolve) => {
    const done: Done = (problem) => {
      ended++;
      resolve(problem);
    };
    node.emit('input', message, () => undefined, done);
  });
  await new Promise<void>((resolve) => node.emit('close', false, resolve));
  if (ended !== 1) throw new Error(`It ended ${ended} times`);
  if (error === undefined) return;
  if (typeof (error as { code?: unknown }).code !== 'string' || !(error as { details?: unknown }).details)
    throw new Error(`A foreign error: ${String(error)}`, { cause: error });
  requirePlain(error as Error);
}

async function open(): Promise<void> {
  platform = createServer((request, response) => {
    asked.push(request.url ?? '');
    request.resume();
    request.on('end', () => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(`{"code": "parameter_invalid", "message": "no, ${KEY}"}`);
    });
  }).listen(0, '127.0.0.1');
  await once(platform, 'listening');
  baseUrl = `http://127.0.0.1:${(platform.address() as AddressInfo).port}/v1.3`;
  for (const type of ['config', ...TYPES]) {
    const loaded = requireNodes(`./dist/twelvelabs-${type}.js`) as { default?: (red: object) => void };
    const register = loaded.default ?? (loaded as unknown as (red: object) => void);
    register(RED);
  }
}

async function close(): Promise<void> {
  platform.closeAllConnections();
  platform.close();
  await once(platform, 'close');
}

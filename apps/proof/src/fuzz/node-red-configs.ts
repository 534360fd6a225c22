import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { KEY, requirePlain } from './promises.ts';
import { target } from './target.ts';
import { junk, mutated, nasty } from './values.ts';

// The nodes as they are shipped, with configurations that a hand, an older version or a broken file may have made, and
// Node-RED's own reading of typed inputs. Registration is a stand-in: a Node-RED that deploys is too slow for this.

const requireHere = createRequire(import.meta.url);
const fromHost = createRequire(requireHere.resolve('@twelvelabs-nodes/app-node-red'));
const packageFile = fromHost.resolve('@twelvelabs-nodes/node-red-twelvelabs/package.json');
const requireNodes = createRequire(packageFile);
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

/** A setting as its node declares it, as far as it is used here. */
interface Setting {
  readonly kind: string;
  readonly options?: Readonly<Record<string, string>>;
}
interface Declarations {
  initialOf(setting: Setting): readonly [value: unknown, type?: string];
  settingsOf(node: object): Readonly<Record<string, Setting>>;
}
let declared: Declarations;
const settingsOfType = new Map<string, Readonly<Record<string, Setting>>>();

const ID = '65f0a0b1c2d3e4f5a6b7c8d9';
/** What people enter, and what they choose as its type, by the kind of the setting. */
const ENTERED: Readonly<Record<string, readonly (readonly [value: unknown, type?: string])[]>> = {
  source: [
    ['https://example.com/a.mp4', 'str'],
    ['x', 'flow'],
  ],
  text: [
    ['x', 'str'],
    [ID, 'str'],
    ['x', 'global'],
    ['PATH', 'env'],
  ],
  list: [
    [`${ID}, ${ID}`, 'str'],
    ['payload', 'msg'],
  ],
  number: [
    ['5', 'num'],
    ['payload', 'msg'],
  ],
  seconds: [['2', 'num']],
  minutes: [['1', 'num']],
  flag: [
    ['true', 'bool'],
    ['$exists(payload)', 'jsonata'],
  ],
  json: [
    ['{"a": 1}', 'json'],
    ['{"type": "object", "properties": {"a": {"type": "string"}}}', 'json'],
    ['{"b": payload}', 'jsonata'],
  ],
  check: [[true]],
  property: [['topic']],
};

/** A node as the editor saves it: each setting as it was at first, or with a value that `decide` chooses. */
function filledIn(type: string, decide: () => number): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settingsOfType.get(type) ?? {})) {
    const { kind, options = {} } = setting;
    const entered = ENTERED[kind] ?? Object.keys(options).map((value) => [value, 'fixed'] as const);
    const [value, valueType] =
      decide() % 4 > 0 ? declared.initialOf(setting) : (entered[decide() % entered.length] ?? ['']);
    config[name] = value;
    if (valueType !== undefined) config[`${name}Type`] = valueType;
  }
  return config;
}

/** Left out in three cases of four: a wrong value hides what comes after it. */
const usually = (wrong: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, wrong);
const decisions = fc.array(fc.nat(), { minLength: 80, maxLength: 80 });
/** What an editor would save of any node, or what an older version or a hand did, after changes at random places. */
const nodeConfig = fc.constantFrom(...TYPES).chain((type) =>
  fc.record({
    type: fc.constant(type),
    saved: decisions.map((all) => filledIn(type, () => all.pop() ?? 0)).chain(mutated),
    version: usually(fc.oneof(fc.constantFrom(1, 2, 3, 0, -1, 1.5, '1', '2', 'x', null), junk)),
    // By the same names as the settings, whose values a message can set.
    overrides: fc.oneof(decisions.map((all) => filledIn(type, () => all.pop() ?? 0)).chain(mutated), junk),
  }),
);
const mp4 = Buffer.from('\0\0\0\u0018ftypisom', 'latin1');
const message = fc.record(
  {
    payload: fc.oneof(junk, {
      weight: 4,
      arbitrary: fc.constantFrom<unknown>(
        ID,
        'what happens',
        'https://example.com/a.mp4',
        '/nowhere/a.mp4',
        mp4,
        { path: '..' },
        { buffer: mp4, originalname: 'Ã¼.mp4' },
      ),
    }),
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
  input: fc.record({ node: nodeConfig, message, isOverridden: fc.boolean(), parallel: usually(junk) }),
  async check({ node: { type, saved, version, overrides }, message, isOverridden, parallel }) {
    asked = [];
    const config = { id: 'config', type: 'twelvelabs-config', baseUrl, parallel };
    const whole = {
      ...(saved as object),
      config: 'config',
      ...(version === undefined ? {} : { configVersion: version }),
      id: 'node',
      type: `twelvelabs-${type}`,
    };
    const account = make('twelvelabs-config', config);
    try {
      const node = refusedOrMade(whole);
      if (node) await run(node, { _msgid: '1', ...message, ...(isOverridden && { twelvelabs: overrides }) });
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
  const source = (file: string) => pathToFileURL(join(dirname(packageFile), 'src', file)).href;
  declared = (await import(source('settings/setting.ts'))) as Declarations;
  for (const type of TYPES) {
    const [node] = Object.values((await import(source(`nodes/${type}/settings.ts`))) as object);
    settingsOfType.set(type, declared.settingsOf(node));
  }
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

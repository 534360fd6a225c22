import { EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { type Emulator, type EmulatorOptions, startEmulator } from '@twelvelabs-nodes/emulator';
import type { NodeAPI, NodeInitializer, NodeStatus } from 'node-red';
import { operationFolders } from '../build/node-folders.ts';

// Node-RED's own reading of typed inputs; the package has no types that TypeScript finds.
const { util } = createRequire(import.meta.url)('@node-red/util') as { util: NodeAPI['util'] };

type Constructor = (this: EventEmitter, saved: object) => void;
export type Message = Record<string, unknown>;

export interface Ended {
  /** What the node sent, in its order. */
  readonly sent: Message[];
  /** The message that came in, as a Catch node gets it. */
  readonly given: Message;
  readonly error?: Error & { code?: string; cause?: { issues?: Issue[] } & Record<string, unknown> };
}

interface Issue {
  readonly field: string;
  readonly property?: string;
  readonly message: string;
  readonly received: string;
}

interface Translated {
  readonly key: string;
  readonly values: object | undefined;
}

/** What the nodes need of Node-RED, without its process: its own reading of typed inputs, and the real core. */
export interface Host extends AsyncDisposable {
  readonly emulator: Emulator;
  /** Statuses that any node has shown. */
  readonly statuses: NodeStatus[];
  /** Lines that any node has logged. */
  readonly logged: string[];
  /** Texts of the catalog that were asked for. */
  readonly translated: Translated[];
  /**
   * Sends one message through a node of this type, and closes the node when it is done. The account is that of the
   * emulator; `config: 'one-by-one'` makes it one that runs one message at a time, `config: 'public'` one of the real
   * platform.
   */
  run(folder: string, saved: object, message: Message): Promise<Ended>;
  /** Sends messages one right after the other through one node. @returns what it sent, in its order */
  runAll(folder: string, saved: object, messages: readonly Message[]): Promise<Message[]>;
}

export async function startHost(options: EmulatorOptions = {}): Promise<Host> {
  const emulator = await startEmulator(options);
  const constructors = new Map<string, Constructor>();
  const nodes = new Map<string, EventEmitter>();
  const statuses: NodeStatus[] = [];
  const logged: string[] = [];
  const translated: Translated[] = [];
  const RED = {
    util,
    settings: {},
    _(key: string, values?: object) {
      const text = key.replace(/^.*:/, '');
      translated.push({ key: text, values });
      return text;
    },
    auth: { needsPermission: () => () => undefined },
    httpAdmin: { post: () => undefined },
    nodes: {
      createNode: (node: EventEmitter, { id }: { id: string }) => nodes.set(id, node),
      registerType: (type: string, made: Constructor) => constructors.set(type, made),
      getNode: (id: string) => nodes.get(id) ?? null,
    },
  } as unknown as NodeAPI;
  for (const folder of ['config', ...operationFolders])
    ((await import(`../src/nodes/${folder}/node.ts`)) as { default: NodeInitializer }).default(RED);

  const make = (saved: { id: string; type: string }): EventEmitter => {
    const node = Object.assign(new EventEmitter(), {
      credentials: { apiKey: emulator.apiKey },
      status: (status: NodeStatus) => statuses.push(status),
      log: (line: string) => logged.push(line),
      warn: (line: string) => logged.push(line),
    });
    constructors.get(saved.type)?.call(node, saved);
    return node;
  };
  const { baseUrl } = emulator;
  const accounts = [
    { id: 'account', baseUrl },
    { id: 'one-by-one', baseUrl, parallel: '1' },
    // For what is refused in any case: nothing of it is sent.
    { id: 'public' },
  ].map((saved) => make({ ...saved, type: 'twelvelabs-config' }));

  return {
    emulator,
    statuses,
    logged,
    translated,
    async run(folder, saved, message) {
      const node = make({ id: 'node', type: `twelvelabs-${folder}`, config: 'account', ...saved } as never);
      const sent: Message[] = [];
      const given = { _msgid: '1', ...message };
      const error = await put(node, given, sent);
      await close(node);
      return { sent, given, ...(error ? { error: error as never } : {}) };
    },
    async runAll(folder, saved, messages) {
      const node = make({ id: 'node', type: `twelvelabs-${folder}`, config: 'account', ...saved } as never);
      const sent: Message[] = [];
      await Promise.all(
        messages.map((message, index) => put(node, { _msgid: `${index}`, ...message }, sent)),
      );
      await close(node);
      return sent;
    },
    async [Symbol.asyncDispose]() {
      for (const account of accounts) await close(account);
      await emulator.close();
    },
  };
}

async function close(node: EventEmitter): Promise<void> {
  const closed = once(node, 'closed');
  node.emit('close', true, () => node.emit('closed'));
  await closed;
}

/** Puts a message into a node. @returns what it is done with */
function put(node: EventEmitter, given: Message, sent: Message[]): Promise<Error | undefined> {
  return new Promise((resolve) => node.emit('input', given, (msg: Message) => sent.push(msg), resolve));
}

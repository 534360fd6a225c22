import type { Pool, ValidationIssue } from '@twelvelabs-nodes/core';
import type { NodeTwelveLabsClient } from '@twelvelabs-nodes/core/node';
import type { Node, NodeAPI } from 'node-red';
import manifest from '../../package.json' with { type: 'json' };
import { migrate } from '../migrations/index.ts';
import { loadCore } from './core.ts';
import type { NodeConfig } from './node-config.ts';

export interface ConfigCredentials {
  apiKey?: string;
}

/** What the messages of an account run on. */
export interface Account {
  readonly client: NodeTwelveLabsClient;
  /** Tells this account from others, see core's `accountMark`. */
  readonly mark: string;
  /** Where messages wait for their turn. */
  readonly pool: Pool;
}

/** The account that nodes share: the key, the address, and how many messages go at once. */
export interface ConfigNode extends Node<ConfigCredentials> {
  readonly baseUrl: string;
  /** How many messages of all nodes wait for their turn. */
  readonly waiting: () => number;
  /** Calls `listener` whenever that number changes. @returns what ends that */
  readonly onWaiting: (listener: () => void) => () => void;
  /**
   * Made with the first message.
   * @throws {ValidationError} naming `apiKey`, `baseUrl` or `parallel`
   */
  readonly account: () => Promise<Account>;
}

export const USER_AGENT = `node-red-twelvelabs/${manifest.version}`;

/** Fills a freshly created node in. */
export function initConfigNode(RED: NodeAPI, node: Node, saved: NodeConfig): void {
  // The object that Node-RED gave, not a copy: a hidden property of it knows the variables of subflows, groups and tabs.
  RED.nodes.createNode(node, saved);
  const config = migrate(saved.type, saved);
  const baseUrl = String(config.baseUrl ?? '').trim();
  const listeners = new Set<() => void>();
  let pool: Pool | undefined;
  let made: Promise<Account> | undefined;

  const make = async (): Promise<Account> => {
    const { apiKey } = (node as ConfigNode).credentials ?? {};
    const [client, count] = await Promise.all([makeClient({ apiKey, baseUrl }), parallelOf(config.parallel)]);
    const core = await loadCore();
    const mark = await core.accountMark(core.parseCredentials({ apiKey, baseUrl: baseUrl || undefined }));
    const onWaiting = () => {
      for (const listener of listeners) listener();
    };
    pool = new core.Pool(core.systemClock, { count, onWaiting });
    return { client, mark, pool };
  };
  const own: Omit<ConfigNode, keyof Node> = {
    baseUrl,
    waiting: () => pool?.waiting ?? 0,
    onWaiting(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    account() {
      made ??= make();
      return made;
    },
  };
  Object.assign(node, own);
  node.on('close', (_removed: boolean, done: () => void) => {
    // The nodes that use it abort their own messages; this lets go of idle connections.
    const closed = made?.then(({ client }) => client.close()).catch(() => undefined) ?? Promise.resolve();
    void closed.then(() => done());
  });
}

/** Other nodes have credentials of this name too, which are none of ours to send. */
export function storedAccount(RED: NodeAPI, id: string): ConfigNode | undefined {
  const node = RED.nodes.getNode(id) as ConfigNode | null;
  return node?.type === 'twelvelabs-config' ? node : undefined;
}

/** @throws {ValidationError} naming `apiKey` or `baseUrl`. */
export async function makeClient(given: {
  apiKey: string | undefined;
  baseUrl: string;
}): Promise<NodeTwelveLabsClient> {
  const { createTwelveLabsClient, parseCredentials, ValidationError } = await loadCore();
  const undefinedVariables = Object.entries(given).flatMap(
    ([field, value]) => variableIssue(field, value) ?? [],
  );
  if (undefinedVariables.length > 0) throw new ValidationError(undefinedVariables);
  const { apiKey, baseUrl } = parseCredentials({ apiKey: given.apiKey, baseUrl: given.baseUrl || undefined });
  return createTwelveLabsClient({ apiKey, baseUrl, userAgent: USER_AGENT });
}

/** `${NAME}`, and Node-RED's older `$(NAME)`. */
const VARIABLE = /\$\{[^{}]+\}|\$\([^()]+\)/;

/** Whether a text contains a variable: Node-RED leaves it where none of this name exists, and beside other text. */
export function hasVariable(text: string): boolean {
  return VARIABLE.test(text);
}

/** No key and no URL contains one. */
function variableIssue(field: string, value = ''): ValidationIssue | undefined {
  const variable = VARIABLE.exec(value)?.[0];
  if (variable === undefined) return undefined;
  const name = variable.slice(0, 200);
  const message =
    variable === value
      ? `must be set: no flow, group, subflow or environment defines the variable ${name}`
      : `must be ${name} alone: Node-RED reads no variable beside other text or blanks`;
  return { field, rule: 'variable', message, received: 'an undefined variable' };
}

/** The upper bound of messages at once; `undefined` for as many as core's pool takes. */
async function parallelOf(saved: unknown): Promise<number | undefined> {
  if (saved === undefined || saved === null || saved === '') return undefined;
  const count = Number(saved);
  if (Number.isInteger(count) && count > 0) return count;
  const { shapeOf, ValidationError } = await loadCore();
  const message = 'must be a whole number from 1, or empty';
  throw new ValidationError([{ field: 'parallel', rule: 'type', message, received: shapeOf(saved) }]);
}

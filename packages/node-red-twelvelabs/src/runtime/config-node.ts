import type { ValidationIssue } from '@twelvelabs-nodes/core';
import type { NodeTwelveLabsClient } from '@twelvelabs-nodes/core/node';
import type { Node, NodeAPI } from 'node-red';
import manifest from '../../package.json' with { type: 'json' };
import { migrate } from '../migrations/index.ts';
import { loadCore } from './core.ts';
import { Limiter } from './limiter.ts';
import type { NodeConfig } from './node-config.ts';

export interface ConfigCredentials {
  apiKey?: string;
}

/** The account that nodes share: the key, the address, and how many messages go at once. */
export interface ConfigNode extends Node<ConfigCredentials> {
  readonly baseUrl: string;
  readonly limiter: Limiter;
  /**
   * The client of this account, made with the first message.
   * @throws {ValidationError} naming `apiKey` or `baseUrl`.
   */
  client(): Promise<NodeTwelveLabsClient>;
}

export const USER_AGENT = `node-red-twelvelabs/${manifest.version}`;
const DEFAULT_PARALLEL = 4;

/** Fills a freshly created node in. */
export function initConfigNode(RED: NodeAPI, node: Node, saved: NodeConfig): void {
  // The object that Node-RED gave, not a copy: a hidden property of it knows the variables of subflows, groups and tabs.
  RED.nodes.createNode(node, saved);
  const config = migrate(saved.type, saved);
  const parallel = Number(config.parallel);
  const own: Pick<ConfigNode, 'baseUrl' | 'limiter' | 'client'> = {
    baseUrl: String(config.baseUrl ?? '').trim(),
    limiter: new Limiter(Number.isInteger(parallel) && parallel > 0 ? parallel : DEFAULT_PARALLEL),
    client,
  };
  Object.assign(node, own);
  let made: Promise<NodeTwelveLabsClient> | undefined;
  node.on('close', (_removed: boolean, done: () => void) => {
    // The nodes that use it abort their own messages; this lets go of idle connections.
    const closed = made?.then((client) => client.close()).catch(() => undefined) ?? Promise.resolve();
    void closed.then(() => done());
  });

  function client(): Promise<NodeTwelveLabsClient> {
    made ??= makeClient({ apiKey: (node as ConfigNode).credentials?.apiKey, baseUrl: own.baseUrl });
    return made;
  }
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

/** `${NAME}`, as Node-RED leaves it where no variable of this name exists. */
export function isVariable(text: string): boolean {
  return /^\$\{.+\}$/.test(text);
}

function variableIssue(field: string, value: string | undefined): ValidationIssue | undefined {
  if (!value || !isVariable(value)) return undefined;
  const message = `must be set: no flow, group, subflow or environment defines the variable ${value.slice(0, 200)}`;
  return { field, rule: 'variable', message, received: 'an undefined variable' };
}

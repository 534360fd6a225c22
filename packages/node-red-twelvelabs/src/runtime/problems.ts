import type { AssetsClient, ValidationIssue } from '@twelvelabs-nodes/core';
import type { NodeAPI, NodeMessageInFlow } from 'node-red';
import type { ConfigNode } from './config-node.ts';
import type { Core } from './core.ts';
import type { NodeConfig } from './node-config.ts';
import type { Operation, OperationContext } from './operation.ts';

/** The client of a node's account, or why there is none. */
export async function accountOf(
  core: Core,
  configNode: ConfigNode | null,
  config: NodeConfig,
): Promise<{ client?: AssetsClient; issues: readonly ValidationIssue[] }> {
  if (!configNode) {
    const message = 'needs a TwelveLabs configuration: the one selected is missing or disabled';
    const received = config.config ? 'a configuration that does not exist' : 'nothing';
    return { issues: [{ field: 'config', rule: 'required', message, received }] };
  }
  try {
    return { client: await configNode.client(), issues: [] };
  } catch (error) {
    return { issues: issuesOf(core, error) };
  }
}

/** Whether what is asked for the message itself can be done, before an asset is made that has nowhere to go. */
export function messageIssues(
  { util }: NodeAPI,
  msg: NodeMessageInFlow,
  { output, keepOrder }: Readonly<Record<string, unknown>>,
): readonly ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  if (keepOrder !== undefined && typeof keepOrder !== 'boolean') {
    const message = 'must be true or false';
    issues.push({ field: 'keepOrder', rule: 'type', message, received: typeof keepOrder });
  }
  if (output !== undefined && !isPlace(util, msg, output)) {
    const message = 'must be a property of the message that can be set';
    const received = typeof output === 'string' ? JSON.stringify(output.slice(0, 100)) : typeof output;
    issues.push({ field: 'output', rule: 'place', message, received });
  }
  return issues;
}

/** Node-RED sets nothing, and says nothing, below what holds a text or a number. */
function isPlace(util: NodeAPI['util'], msg: NodeMessageInFlow, output: unknown): boolean {
  if (typeof output !== 'string' || output === '') return false;
  try {
    const parts = util.normalisePropertyExpression(output.replace(/^msg\./, ''));
    let holder: unknown = msg;
    for (const part of parts.slice(0, -1)) {
      holder = (holder as Record<string | number, unknown>)[part];
      if (holder === undefined) return true;
      if (typeof holder !== 'object' || holder === null) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with a message that cannot be worked on, beyond what is known of it already. */
export async function furtherIssues(
  operation: Operation,
  context: Omit<OperationContext, 'client'>,
  known: readonly ValidationIssue[],
): Promise<readonly ValidationIssue[]> {
  const { core, options } = context;
  const stopped = new core.AbortedError('A message with a mistake in it');
  try {
    await operation.run({
      ...context,
      // Core checks all that it is given before it sends anything, and this sends nothing.
      client: new core.AssetsClient({
        transport: { send: () => Promise.reject(stopped) },
        clock: core.systemClock,
      }),
      options: { ...options, signal: AbortSignal.abort(stopped) },
      status: () => {},
      release: () => {},
    });
  } catch (error) {
    if (!(error instanceof core.AbortedError))
      return issuesOf(core, error).filter(({ field }) => !known.some((each) => each.field === field));
  }
  return [];
}

/**
 * The problems that an error tells of.
 * @throws the error itself when it is about nothing that was given
 */
export function issuesOf(
  { ValidationError, FileReadError }: Core,
  error: unknown,
): readonly ValidationIssue[] {
  if (error instanceof ValidationError) return error.issues;
  if (!(error instanceof FileReadError)) throw error;
  const message = error.message.replace(/^file: /, '');
  return [{ field: 'file', rule: 'readable', message, received: 'an unreadable file' }];
}

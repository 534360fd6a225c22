import type { AssetsClient, ValidationIssue } from '@twelvelabs-nodes/core';
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

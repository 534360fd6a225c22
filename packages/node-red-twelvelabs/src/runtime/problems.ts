import type { ValidationIssue } from '@twelvelabs-nodes/core';
import type { Account, ConfigNode } from './config-node.ts';
import type { Core } from './core.ts';
import type { NodeConfig } from './node-config.ts';

/** The account of a node, or why there is none. */
export async function accountOf(
  core: Core,
  configNode: ConfigNode | null,
  config: NodeConfig,
): Promise<{ account?: Account; issues: readonly ValidationIssue[] }> {
  if (!configNode) {
    const message = 'must be a TwelveLabs account: the selected one is missing or disabled';
    const received = config.config ? 'an account that does not exist' : 'nothing';
    return { issues: [{ field: 'config', rule: 'required', message, received }] };
  }
  try {
    return { account: await configNode.account(), issues: [] };
  } catch (error) {
    return { issues: issuesOf(core, error) };
  }
}

/**
 * The problems that an error reports.
 * @throws the error itself when it is about nothing that was given
 */
export function issuesOf(
  { ValidationError, FileReadError }: Core,
  error: unknown,
): readonly ValidationIssue[] {
  if (error instanceof ValidationError) return error.issues;
  if (!(error instanceof FileReadError)) throw error;
  return [{ field: 'file', rule: 'readable', message: error.problem, received: 'an unreadable file' }];
}

/**
 * The error for all that is wrong with a message.
 * @param thrown why its file cannot be used: when that is all, this error, with a code and details of its own
 */
export function refusal(
  { ValidationError }: Core,
  issues: readonly ValidationIssue[],
  thrown?: unknown,
): unknown {
  return issues.length === 1 && thrown !== undefined ? thrown : new ValidationError(issues);
}

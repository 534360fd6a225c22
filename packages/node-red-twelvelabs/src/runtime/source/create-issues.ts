import type { ValidationIssue } from '@twelvelabs-nodes/core';
import type { CheckContext } from '../operation.ts';
import type { SourceParams } from './source-params.ts';

/**
 * What core would refuse of a create. The create itself looks at a source that can be read only once.
 * @param source nothing where it cannot be used
 * @param params all others
 */
export async function createIssues(
  { core, values, check }: CheckContext,
  source: SourceParams | undefined,
  params: object,
  options: object,
): Promise<readonly ValidationIssue[]> {
  const known = source && canBeReadAgain(source) ? source : undefined;
  const unknown = { method: values.method === 'url' ? 'url' : 'direct' };
  const issues = await check(core.createAsset, { ...(known ?? unknown), ...params }, options);
  // Core misses a source that is left out.
  return issues.filter(({ field }) => known || (field !== 'file' && field !== 'url'));
}

/** Whether a look at the source takes nothing from it, and does not wait for it. */
function canBeReadAgain({ file }: SourceParams): boolean {
  return file === undefined || typeof (file as { slice?: unknown }).slice === 'function';
}

import type { WorkflowFit } from '@twelvelabs-nodes/core';
import type { INodePropertyOptions } from 'n8n-workflow';
import type { Call } from '../operation';

/** What an asset can be meant for: core's workflows. */
export const WORKFLOW_CHOICES: INodePropertyOptions[] = [
  { name: 'Embeddings', value: 'embeddings' },
  { name: 'Entity Search', value: 'entity_search' },
  { name: 'Search', value: 'search' },
  { name: 'Video Analysis', value: 'analysis' },
];

/** Tells people of misfits beside the output; the details are in the output itself. */
export function warnOfMisfits(call: Call, fits: readonly WorkflowFit[]): void {
  for (const { fits: fit, summary } of fits) if (fit === false) call.hint(summary, 'warning');
}

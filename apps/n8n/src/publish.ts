import type { Rest } from './rest.ts';

/** Activates a stored workflow: its triggers, forms and webhooks begin to work. */
export async function publishWorkflow(rest: Rest, workflowId: string): Promise<void> {
  const { versionId } = await rest.get<{ versionId: string }>(`/rest/workflows/${workflowId}`);
  await rest.post(`/rest/workflows/${workflowId}/activate`, { versionId });
}

/** Stops the triggers of a workflow. */
export async function unpublishWorkflow(rest: Rest, workflowId: string): Promise<void> {
  await rest.post(`/rest/workflows/${workflowId}/deactivate`, {});
}

/** The ids of a workflow's executions, newest first. */
export async function executionsOf(rest: Rest, workflowId: string): Promise<string[]> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId }));
  const { results } = await rest.get<{ results: { id: string }[] }>(
    `/rest/executions?filter=${filter}&limit=100`,
  );
  return results.map(({ id }) => id);
}

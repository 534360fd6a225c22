import { setTimeout as delay } from 'node:timers/promises';
import type { Rest } from './rest.ts';

/** Activates a stored workflow: from here on its triggers, forms and webhooks work. */
export async function publishWorkflow(rest: Rest, workflowId: string): Promise<void> {
  const { versionId } = await rest.get<{ versionId: string }>(`/rest/workflows/${workflowId}`);
  await rest.post(`/rest/workflows/${workflowId}/activate`, { versionId });
  await untilSettled(rest, workflowId);
}

/** Stops the triggers of a workflow. */
export async function unpublishWorkflow(rest: Rest, workflowId: string): Promise<void> {
  await rest.post(`/rest/workflows/${workflowId}/deactivate`, {});
  await untilSettled(rest, workflowId);
}

/**
 * n8n puts a publication into a queue and answers at once. One that is under way when n8n is killed stays reserved for it
 * for 2 minutes: until then a restarted n8n does not activate the workflow.
 */
async function untilSettled(rest: Rest, workflowId: string, timeout = 100_000): Promise<void> {
  const end = Date.now() + timeout;
  while ((await publicationStatus(rest, workflowId)) === 'in_progress') {
    if (Date.now() > end) throw new Error(`Workflow ${workflowId} is not published after ${timeout} ms`);
    await delay(50);
  }
}

/** Older versions have no such queue, and know nothing of this. */
async function publicationStatus(rest: Rest, workflowId: string): Promise<string | undefined> {
  const path = `/rest/workflows/${workflowId}/publication-status`;
  return (await rest.get<{ status: string }>(path).catch(() => undefined))?.status;
}

/** The ids of a workflow's executions, newest first. */
export async function executionsOf(rest: Rest, workflowId: string): Promise<string[]> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId }));
  const { results } = await rest.get<{ results: { id: string }[] }>(
    `/rest/executions?filter=${filter}&limit=100`,
  );
  return results.map(({ id }) => id);
}

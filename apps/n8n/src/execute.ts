import { setTimeout as delay } from 'node:timers/promises';
import { unflatten } from './flatted.ts';
import type { Rest } from './rest.ts';
import { TRIGGER, type Workflow } from './workflow.ts';

export interface OutputItem {
  readonly json: Record<string, unknown>;
  readonly binary?: Record<string, Record<string, unknown>>;
  readonly pairedItem?: { item: number } | number;
  readonly error?: unknown;
}

export interface NodeError {
  readonly name: string;
  readonly message: string;
  readonly description?: string | null;
  readonly httpCode?: string | null;
  readonly context?: Record<string, unknown>;
  readonly messages?: string[];
  readonly [field: string]: unknown;
}

export interface NodeRun {
  readonly executionStatus: string;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  /** Milliseconds. */
  readonly executionTime: number;
  readonly error?: NodeError;
  readonly hints?: { message: string; type?: string; location?: string }[];
  /** Items by output: `[0]` is the main one, `[1]` the error output where there is one. */
  readonly outputs: OutputItem[][];
}

export interface Execution {
  readonly id: string;
  readonly status: string;
  readonly error?: NodeError;
  /** The last run of each node. */
  readonly nodes: Record<string, NodeRun>;
}

interface StoredRun {
  executionStatus: string;
  startTime: number;
  executionTime: number;
  error?: NodeError;
  hints?: NodeRun['hints'];
  data?: { main?: (OutputItem[] | null)[]; ai_tool?: (OutputItem[] | null)[] };
}

/** The interesting part of an execution as n8n stores it, from the database's or the command line's form. */
export function readExecution(id: string, status: string, data: unknown): Execution {
  const stored = data as { resultData?: { error?: NodeError; runData?: Record<string, StoredRun[]> } };
  const nodes: Record<string, NodeRun> = {};
  for (const [name, runs] of Object.entries(stored.resultData?.runData ?? {})) {
    const last = runs.at(-1);
    if (!last) continue;
    const outputs = (last.data?.main ?? last.data?.ai_tool ?? []).map((items) => items ?? []);
    const { executionStatus, startTime, executionTime, error, hints } = last;
    nodes[name] = {
      executionStatus,
      startTime,
      executionTime,
      outputs,
      ...(error ? { error } : {}),
      ...(hints ? { hints } : {}),
    };
  }
  const error = stored.resultData?.error;
  return { id, status, nodes, ...(error ? { error } : {}) };
}

/** Stores a workflow; the id is n8n's. */
export async function saveWorkflow(rest: Rest, workflow: Workflow): Promise<string> {
  const { id } = await rest.post<{ id: string }>('/rest/workflows', workflow);
  return id;
}

/** Starts a stored workflow from its manual trigger; the id of the execution. */
export async function startWorkflow(rest: Rest, workflowId: string, trigger = TRIGGER): Promise<string> {
  const workflow = await rest.get<Workflow>(`/rest/workflows/${workflowId}`);
  const { executionId } = await rest.post<{ executionId: string }>(`/rest/workflows/${workflowId}/run`, {
    workflowData: workflow,
    triggerToStartFrom: { name: trigger },
  });
  return executionId;
}

const OVER = new Set(['success', 'error', 'crashed', 'canceled']);

/** Waits for an execution to end, however it ends. @param timeout milliseconds, default 120 000 */
export async function untilOver(rest: Rest, executionId: string, timeout = 120_000): Promise<Execution> {
  const end = Date.now() + timeout;
  for (;;) {
    const stored = await rest.get<{ status: string; data: string }>(`/rest/executions/${executionId}`);
    // n8n 1.x stores the status before the data.
    const data = OVER.has(stored.status) ? unflatten(stored.data) : undefined;
    if (data !== undefined) return readExecution(executionId, stored.status, data);
    if (Date.now() > end)
      throw new Error(`Execution ${executionId} is still "${stored.status}" after ${timeout} ms`);
    await delay(100);
  }
}

/** Stores a workflow, runs it as the editor does, and gives what each node put out. */
export async function executeWorkflow(rest: Rest, workflow: Workflow, timeout?: number): Promise<Execution> {
  const workflowId = await saveWorkflow(rest, workflow);
  return untilOver(rest, await startWorkflow(rest, workflowId), timeout);
}

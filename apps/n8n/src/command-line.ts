import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Execution, readExecution } from './execute.ts';
import type { Home } from './home.ts';
import { runN8n } from './process.ts';
import type { Workflow } from './workflow.ts';

/** Imports a credential of the given id with `n8n import:credentials`; a TwelveLabs account unless it names a type. */
export async function importCredential(
  home: Home,
  credential: { id: string; name: string; type?: string; data: Readonly<Record<string, string>> },
): Promise<void> {
  await importJson(home, 'credentials', [{ type: 'twelveLabsApi', ...credential }]);
}

/** Imports a workflow with `n8n import:workflow`; gives its id. */
export async function importWorkflow(home: Home, workflow: Workflow): Promise<string> {
  const id = workflow.id ?? randomUUID().replaceAll('-', '').slice(0, 16);
  await importJson(home, 'workflow', [{ ...workflow, id, active: false }]);
  return id;
}

async function importJson(home: Home, kind: 'credentials' | 'workflow', content: unknown): Promise<void> {
  const file = path.join(home.dir, `import-${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(content), { mode: 0o600 });
  const { exit, output } = await runN8n(home, [`import:${kind}`, `--input=${file}`]);
  if (exit !== 0) throw new Error(`n8n import:${kind} ended with ${exit}: ${output.slice(-2_000)}`);
}

/** Runs a stored workflow in a separate process, as `n8n execute` does. */
export async function executeOnce(home: Home, workflowId: string): Promise<Execution & { output: string }> {
  const { output } = await runN8n(home, ['execute', '--id', workflowId, '--rawOutput']);
  return { ...readRawOutput(output), output };
}

/** A failed run mixes text around the JSON, which starts at the first line with a brace alone at its start. */
export function readRawOutput(output: string): Execution {
  const start = output.search(/^\{/m);
  if (start < 0) throw new Error(`n8n execute printed no result: ${output.slice(-2_000)}`);
  const end = output.lastIndexOf('}');
  const result = JSON.parse(output.slice(start, end + 1)) as { status?: string; data: unknown };
  return readExecution('', result.status ?? 'unknown', result.data);
}

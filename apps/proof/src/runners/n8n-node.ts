import { chain, executeWorkflow, type N8nServer, type NodeError } from '@twelvelabs-nodes/app-n8n';

type Sketch = Parameters<typeof chain>[2][number];

/** Runs one node with one empty item in a real n8n. @returns the JSON of its items, or how it failed */
export async function runNode(
  rest: N8nServer['rest'],
  node: Omit<Sketch, 'name'>,
): Promise<{ items: Record<string, unknown>[]; error: NodeError | undefined }> {
  const name = 'Node';
  const { error, nodes } = await executeWorkflow(rest, chain(name, [{}], [{ name, ...node }]), 600_000);
  const items = (nodes[name]?.outputs[0] ?? []).map(({ json }) => json as Record<string, unknown>);
  return { items, error: nodes[name]?.error ?? error ?? undefined };
}

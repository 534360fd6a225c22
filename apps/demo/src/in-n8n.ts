import path from 'node:path';
import {
  chain,
  type DrivenParams,
  executeWorkflow,
  NODE_TYPE,
  saveCredential,
  startContractDriver,
} from '@twelvelabs-nodes/app-n8n';
import type { Account } from '@twelvelabs-nodes/emulator/command-line';
import type { Created, Results, Tasks } from './tasks.ts';

/**
 * From a file to an answer in a real n8n: creates an asset from each source, asks about the first one, adds it to an
 * index, and searches that index.
 * @throws {Error} naming the step and the reason when one fails
 */
export async function runInN8n(
  account: Account,
  { files, urls, question, index, query }: Tasks,
): Promise<Results> {
  await using driver = await startContractDriver(account);
  const created: Created[] = [];
  const create = async (source: string, params: DrivenParams) => {
    const { asset, error } = await driver.create(params, { waitUntilReady: true });
    if (error) throw new Error(`n8n, ${source}: ${error.message} ${error.description ?? ''}`.trim());
    created.push({ source, asset });
  };
  for (const file of files)
    await create(path.basename(file), { method: 'direct', file: { path: path.resolve(file) } });
  for (const url of urls) await create(url, { method: 'url', url });

  const { apiKey, baseUrl } = account;
  const credential = await saveCredential(driver.n8n.rest, { apiKey, baseUrl }, 'Demo');
  const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });
  const asset = byId(created[0]?.asset._id);
  const found = byId("={{ $('Index').item.json._id }}");
  const node = (name: string, parameters: Record<string, unknown>) => ({
    name,
    type: NODE_TYPE,
    credential,
    parameters,
  });
  const workflow = chain(
    'From a file to an answer',
    [{}],
    [
      node('Ask', {
        resource: 'analysis',
        source: 'asset',
        assetId: asset,
        question: 'custom',
        prompt: question,
      }),
      node('Index', { resource: 'index', operation: 'create', indexName: index }),
      node('Add', { resource: 'indexedAsset', operation: 'create', indexId: found, assetId: asset }),
      node('Search', { resource: 'search', operation: 'query', indexId: found, queryText: query }),
    ],
  );
  const { nodes, error } = await executeWorkflow(driver.n8n.rest, workflow, 600_000);
  if (error) throw new Error(`n8n: ${error.message} ${error.description ?? ''}`.trim());
  const outputOf = (name: string) => (nodes[name]?.outputs[0] ?? []).map(({ json }) => json);
  return { created, answer: String(outputOf('Ask')[0]?.answer), clips: outputOf('Search') };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  chain,
  executeWorkflow,
  type N8nServer,
  NODE_TYPE,
  publishWorkflow,
  readFileNode,
  saveCredential,
  saveWorkflow,
  TRIGGER,
} from '@twelvelabs-nodes/app-n8n';
import type { Account, Many } from './runner.ts';

const NODE = 'TwelveLabs';

/**
 * Creates as people make many in n8n: one execution with an item for each, by the node's default settings.
 * @returns the message of each one that failed
 */
export async function createByItems(
  { rest }: N8nServer,
  { path, names }: Many,
  { baseUrl, apiKey = '' }: Account,
): Promise<string[]> {
  const node = {
    name: NODE,
    type: NODE_TYPE,
    credential: await saveCredential(rest, { baseUrl, apiKey }),
    settings: { onError: 'continueRegularOutput' },
    parameters: { options: { filename: `={{ $('${TRIGGER}').item.json.filename }}` } },
  };
  const items = names.map((filename) => ({ path, filename }));
  const workflow = chain('Load', items, [readFileNode(), node]);
  const { error, nodes } = await executeWorkflow(rest, workflow, 1_800_000);
  if (error) return [error.message];
  const put = nodes[NODE]?.outputs[0] ?? [];
  return put.flatMap(({ json }) => (json.error === undefined ? [] : [String(json.error)]));
}

/**
 * A published workflow that uploads one file for each call of its webhook, as a service of one's own would use n8n.
 * @returns uploads the file, and throws when the answer is no asset
 */
export async function uploadByWebhook(
  { rest, url }: N8nServer,
  { baseUrl, apiKey = '' }: Account,
): Promise<(path: string) => Promise<void>> {
  const credential = await saveCredential(rest, { baseUrl, apiKey });
  const path = `soak-${randomUUID()}`;
  const node = { name: NODE, type: NODE_TYPE, credential };
  const manual = chain('Soak', [], [readFileNode({}, '={{ $json.body.path }}'), node]);
  const webhook = {
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2,
    webhookId: path,
    parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'firstEntryJson' },
  };
  const workflow = {
    ...manual,
    nodes: manual.nodes.map((one) => (one.name === TRIGGER ? { ...one, ...webhook } : one)),
    pinData: {},
    settings: { ...manual.settings, saveDataSuccessExecution: 'none' },
  };
  await publishWorkflow(rest, await saveWorkflow(rest, workflow));
  const call = async (file: string) => {
    const response = await fetch(`${url}/webhook/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: file }),
    });
    return { status: response.status, text: await response.text() };
  };
  // n8n says that a workflow is active a moment before its webhook is there.
  while ((await call('/nowhere')).status === 404) await sleep(100);
  return async (file) => {
    const { status, text } = await call(file);
    if (status !== 200 || !text.includes('"_id"')) throw new Error(`HTTP ${status}: ${text.slice(0, 300)}`);
  };
}

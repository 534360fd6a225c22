import type { Asset } from '@twelvelabs-nodes/core';
import type { NodeAPI } from 'node-red';
import type { ConfigNode } from './config-node.ts';
import { loadCore } from './core.ts';

/** How many assets the editor offers. */
const OFFERED = 20;
/** Whoever types does not wait for long. */
const ONE_TRY = { timeout: 10_000, retry: { maxAttempts: 1, maxElapsed: 0 } };

/** `GET /twelvelabs-config/ID/assets?filename=part`: the newest assets of an account that was deployed, for a dialog. */
export function addAssetList(RED: NodeAPI): void {
  const mayEdit = RED.auth.needsPermission('twelvelabs-config.write');
  RED.httpAdmin.get('/twelvelabs-config/:id/assets', mayEdit, async (request, response) => {
    const node = RED.nodes.getNode(String(request.params.id)) as ConfigNode | null;
    const filename = String(request.query.filename ?? '');
    try {
      response.json(node?.type === 'twelvelabs-config' ? await newest(node, filename) : []);
    } catch {
      // The list is a convenience: what is wrong with the account, "Test connection" says.
      response.json([]);
    }
  });
}

async function newest(node: ConfigNode, filename: string): Promise<Asset[]> {
  const [{ listAssets }, { client }] = await Promise.all([loadCore(), node.account()]);
  const params = { page_limit: OFFERED, ...(filename ? { filename } : {}) };
  const { data } = await client.call(listAssets, params, ONE_TRY);
  return data.map(({ _id, filename, file_type, created_at }) => ({ _id, filename, file_type, created_at }));
}

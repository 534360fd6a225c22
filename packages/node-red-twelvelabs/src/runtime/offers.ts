import type { NodeAPI } from 'node-red';
import type { ConfigNode } from './config-node.ts';
import { type Core, loadCore } from './core.ts';
import { filesLike } from './files-like.ts';

/** What the editor offers while somebody types. */
interface Offered {
  /** What goes into the field. */
  readonly value: string;
  readonly label: string;
  readonly details: readonly (string | null | undefined)[];
}

/** How many of each. */
const MOST = 20;
/** Whoever types does not wait for long. */
const ONE_TRY = { timeout: 10_000, retry: { maxAttempts: 1, maxElapsed: 0 } };

type Account = Awaited<ReturnType<ConfigNode['account']>>;

/** What an account has whose name contains a text, the newest first. */
const LISTS: Readonly<Record<string, (core: Core, { client }: Account, name: string) => Promise<Offered[]>>> =
  {
    async assets({ listAssets }, { client }, filename) {
      const params = { page_limit: MOST, ...(filename ? { filename } : {}) };
      const { data } = await client.call(listAssets, params, ONE_TRY);
      return data.map((asset) => ({
        value: asset._id,
        label: asset.filename || asset._id,
        details: [asset.file_type, day(asset.created_at)],
      }));
    },
    async indexes({ listIndexes }, { client }, index_name) {
      const params = { ...newest, ...(index_name ? { index_name } : {}) };
      const { data } = await client.call(listIndexes, params, ONE_TRY);
      return data.map((index) => ({
        value: index.index_name || index._id,
        label: index.index_name || index._id,
        details: [index._id, day(index.created_at)],
      }));
    },
    async collections({ listEntityCollections }, { client }, name) {
      const params = { ...newest, ...(name ? { name } : {}) };
      const { data } = await client.call(listEntityCollections, params, ONE_TRY);
      return data.map((collection) => ({
        value: collection.name || collection._id,
        label: collection.name || collection._id,
        details: [collection._id, day(collection.created_at)],
      }));
    },
  };

const newest = { page_limit: MOST, sort_by: 'created_at', sort_option: 'desc' };

const day = (date: string | null | undefined) => date?.slice(0, 10);

/**
 * `GET /twelvelabs-config/ID/assets?typed=part`, and the same for `indexes` and `collections`: what an account that was
 * deployed has. `GET /twelvelabs-config/files?typed=part`: files of this machine. For who may edit flows.
 */
export function addOffers(RED: NodeAPI): void {
  const mayEdit = RED.auth.needsPermission('twelvelabs-config.write');
  RED.httpAdmin.get('/twelvelabs-config/files', mayEdit, async (request, response) => {
    const { fileWorkingDirectory = '' } = RED.settings as { fileWorkingDirectory?: string };
    response.json(await filesLike(String(request.query.typed ?? ''), fileWorkingDirectory, MOST));
  });
  RED.httpAdmin.get('/twelvelabs-config/:id/:list', mayEdit, async (request, response) => {
    const { id, list } = request.params as { id: string; list: string };
    const node = RED.nodes.getNode(id) as ConfigNode | null;
    const offer = Object.hasOwn(LISTS, list) ? LISTS[list] : undefined;
    if (node?.type !== 'twelvelabs-config' || !offer) {
      response.json([]);
      return;
    }
    try {
      response.json(await offer(await loadCore(), await node.account(), String(request.query.typed ?? '')));
    } catch {
      // The list is a convenience: what is wrong with the account, "Test connection" says.
      response.json([]);
    }
  });
}

import type { NodeAPI } from 'node-red';
import { addAdminRoute, textIn } from './admin-route.ts';
import { type Account, storedAccount } from './config-node.ts';
import { type Core, loadCore } from './core.ts';
import { filesLike } from './files-like.ts';

/** What the editor offers while somebody types. */
interface Offered {
  /** What goes into the field. */
  readonly value: string;
  readonly label: string;
  readonly details: readonly string[];
}

/** How many of each. */
const MOST = 20;
/** Characters of a name or a detail: whoever answers at the base URL chooses it. */
const LONGEST = 200;
/** Whoever types does not wait for long. */
const ONE_TRY = { timeout: 10_000, retry: { maxAttempts: 1, maxElapsed: 0 } };

/** What an account has whose name contains a text, the newest first. */
const LISTS: Readonly<Record<string, (core: Core, { client }: Account, name: string) => Promise<Offered[]>>> =
  {
    async assets({ listAssets }, { client }, filename) {
      const params = { page_limit: MOST, ...(filename ? { filename } : {}) };
      const { data } = await client.call(listAssets, params, ONE_TRY);
      return data.map(({ _id, filename: name, file_type, created_at }) => ({
        value: _id,
        label: shown(name) || _id,
        details: [shown(file_type), day(created_at)],
      }));
    },
    async indexes({ listIndexes }, { client }, index_name) {
      const params = { ...newest, ...(index_name ? { index_name } : {}) };
      const { data } = await client.call(listIndexes, params, ONE_TRY);
      return data.map(({ _id, index_name: name, created_at }) => byName(_id, name, created_at));
    },
    async collections({ listEntityCollections }, { client }, name) {
      const params = { ...newest, ...(name ? { name } : {}) };
      const { data } = await client.call(listEntityCollections, params, ONE_TRY);
      return data.map((collection) => byName(collection._id, collection.name, collection.created_at));
    },
  };

const newest = { page_limit: MOST, sort_by: 'created_at', sort_option: 'desc' };

/** A thing that people know by its name; by its ID, where the name is none. */
function byName(id: string, name: unknown, created: unknown): Offered {
  const value = shown(name) === name && name !== '' ? name : id;
  return { value, label: shown(name) || id, details: [id, day(created)] };
}

const shown = (text: unknown) => textIn(text).slice(0, LONGEST);
const day = (date: unknown) => textIn(date).slice(0, 10);

/**
 * `POST /twelvelabs-config/offers`: `{ offer: 'files', typed }` for files of this machine, `{ offer: 'assets', id, typed }`
 * and the like for what a deployed account has.
 */
export function addOffers(RED: NodeAPI): void {
  addAdminRoute(RED, 'twelvelabs-config', 'offers', async ({ id, offer, typed }) => {
    const wanted = textIn(offer);
    if (wanted === 'files') {
      const { fileWorkingDirectory = '' } = RED.settings as { fileWorkingDirectory?: string };
      return filesLike(textIn(typed), fileWorkingDirectory, MOST);
    }
    const list = Object.hasOwn(LISTS, wanted) ? LISTS[wanted] : undefined;
    const node = storedAccount(RED, textIn(id));
    if (!list || !node) return [];
    try {
      return (await list(await loadCore(), await node.account(), textIn(typed))).slice(0, MOST);
    } catch {
      // A convenience: what is wrong with the account, "Test connection" says.
      return [];
    }
  });
}

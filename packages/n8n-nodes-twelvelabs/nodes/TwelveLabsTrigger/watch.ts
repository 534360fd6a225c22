import type { Asset, AssetsClient, MediaKind } from '@twelvelabs-nodes/core';

export type AssetEvent = 'created' | 'ready' | 'failed';

export interface Wanted {
  readonly events: readonly AssetEvent[];
  /** All kinds when empty. */
  readonly kinds: readonly MediaKind[];
  /** Part of the name, or nothing. */
  readonly filename: string;
}

export interface Happening {
  readonly event: AssetEvent;
  readonly asset: Asset;
}

/** What is remembered from one poll to the next: plain JSON, kept with the workflow. */
export interface Memory {
  /** What it is a memory of: another filter starts afresh. */
  readonly filter: string;
  /** Milliseconds since the epoch: the creation of the newest asset that was seen. */
  readonly newest: number;
  /** Ids that were seen and may be listed again. */
  readonly seen: readonly string[];
  /** Ids of assets that were neither ready nor failed, with what was told of them. */
  readonly open: Readonly<Record<string, { readonly told: boolean }>>;
}

/** Creation dates have whole seconds, and an asset may be listed later than its date says. */
const OVERLAP_MS = 300_000;
/** At the start, unfinished assets are looked for among those created in this time: a multipart session lives as long. */
const START_WINDOW_MS = 86_400_000;
/** Ids that one request can ask for. */
const BATCH = 50;

type Client = Pick<AssetsClient, 'listAll'>;

/** The state from which a watch starts: nothing that exists by now is news, but what is unfinished may become ready. */
export async function startWatching(client: Client, wanted: Wanted, now: number): Promise<Memory> {
  let newest = 0;
  const seen: string[] = [];
  const open: Record<string, { told: boolean }> = {};
  for await (const asset of client.listAll(listed(wanted))) {
    const created = createdAt(asset);
    newest = Math.max(newest, created);
    if (created < Math.min(now, newest) - START_WINDOW_MS) break;
    if (created >= newest - OVERLAP_MS) seen.push(asset._id);
    if (isOpen(asset)) open[asset._id] = { told: true };
  }
  return { filter: filterOf(wanted), newest, seen, open };
}

/** What happened since `memory`, oldest first, and the memory to go on from. Each event comes once. */
export async function watch(
  client: Client,
  wanted: Wanted,
  memory: Memory,
): Promise<{ happenings: Happening[]; memory: Memory }> {
  const happenings: Happening[] = [];
  const open: Record<string, { told: boolean }> = {};
  const look = (asset: Asset, told: boolean) => {
    const tellable = kindOf(asset) !== undefined || !isOpen(asset);
    if (!told && tellable) happenings.push({ event: 'created', asset });
    if (isOpen(asset)) open[asset._id] = { told: told || tellable };
    else happenings.push({ event: asset.status === 'failed' ? 'failed' : 'ready', asset });
  };

  const known = new Set(memory.seen);
  const fresh: Asset[] = [];
  const seen: string[] = [];
  let newest = memory.newest;
  for await (const asset of client.listAll(listed(wanted))) {
    const created = createdAt(asset);
    if (created < memory.newest - OVERLAP_MS) break;
    newest = Math.max(newest, created);
    seen.push(asset._id);
    if (!known.has(asset._id)) fresh.push(asset);
  }
  for (const asset of await current(client, Object.keys(memory.open))) {
    look(asset, memory.open[asset._id]?.told ?? true);
  }
  for (const asset of fresh.reverse()) if (!(asset._id in memory.open)) look(asset, false);

  const matching = happenings.filter(({ event, asset }) => {
    const kind = kindOf(asset);
    return (
      wanted.events.includes(event) && (wanted.kinds.length === 0 || (kind && wanted.kinds.includes(kind)))
    );
  });
  return { happenings: matching, memory: { filter: filterOf(wanted), newest, seen, open } };
}

/** Whether a memory is of the same filter; one of another would miss what that one left out. */
export function isMemoryOf(memory: unknown, wanted: Wanted): memory is Memory {
  return (memory as Memory | undefined)?.filter === filterOf(wanted);
}

function filterOf({ filename }: Wanted): string {
  return filename;
}

function listed({ filename }: Wanted) {
  return filename ? { filename } : {};
}

async function current(client: Client, ids: readonly string[]): Promise<Asset[]> {
  const assets: Asset[] = [];
  for (let start = 0; start < ids.length; start += BATCH) {
    for await (const asset of client.listAll({ asset_ids: ids.slice(start, start + BATCH) }))
      assets.push(asset);
  }
  return assets;
}

function isOpen({ status }: Asset): boolean {
  return status !== 'ready' && status !== 'failed';
}

export function kindOf({ file_type }: Asset): MediaKind | undefined {
  const main = file_type?.split('/', 1)[0];
  return main === 'video' || main === 'audio' || main === 'image' ? main : undefined;
}

function createdAt({ created_at }: Asset): number {
  const time = Date.parse(created_at ?? '');
  return Number.isNaN(time) ? 0 : time;
}

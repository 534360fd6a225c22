import { kindOfType, type MediaKind } from '../media/kind.ts';
import type { UserMetadata } from '../validation/user-metadata.ts';
import type { AssetsClient } from './assets-client.ts';
import type { Asset } from './schema.ts';

/** What can happen to an asset. */
export const ASSET_EVENTS = ['created', 'ready', 'failed'] as const;
export type AssetEventName = (typeof ASSET_EVENTS)[number];

/** The events that a watch reports. */
export interface AssetEventFilter {
  readonly events: readonly AssetEventName[];
  /** All kinds when empty. */
  readonly kinds: readonly MediaKind[];
  /** Part of the name; all names when empty. */
  readonly filename: string;
  /** Keys and values that the asset's metadata must contain; any metadata when missing. */
  readonly metadata?: UserMetadata | undefined;
}

export interface AssetEvent {
  readonly event: AssetEventName;
  readonly asset: Asset;
}

/** What a watch remembers from one poll to the next: plain JSON, for the host to store. */
export interface WatchState {
  /** The filter it belongs to: with another filename the watch starts again. */
  readonly filter: string;
  /** Milliseconds since the epoch: the creation of the newest asset seen. */
  readonly newest: number;
  /** Ids that were seen and may be listed again. */
  readonly seen: readonly string[];
  /** Ids of assets that were neither ready nor failed, and whether their creation was reported. */
  readonly open: Readonly<Record<string, { readonly reported: boolean }>>;
}

/** Creation dates have whole seconds, and an asset may be listed later than its date says. */
const OVERLAP_MS = 300_000;
/** At the start, unfinished assets are searched among those created in this time: a multipart session lives as long. */
const START_WINDOW_MS = 86_400_000;
/** Ids that one request can ask for. */
const BATCH = 50;

type Client = Pick<AssetsClient, 'listAll'>;

/**
 * Starts a watch. Assets that already exist are skipped, but those that are unfinished can still become ready or fail.
 * @param now local milliseconds since the epoch
 */
export async function startWatch(client: Client, filter: AssetEventFilter, now: number): Promise<WatchState> {
  let newest = 0;
  const seen: string[] = [];
  const open: Record<string, { reported: boolean }> = {};
  for await (const asset of client.listAll(listParamsOf(filter))) {
    const created = createdAt(asset);
    newest = Math.max(newest, created);
    if (created < Math.min(now, newest) - START_WINDOW_MS) break;
    if (created >= newest - OVERLAP_MS) seen.push(asset._id);
    if (isOpen(asset)) open[asset._id] = { reported: true };
  }
  return { filter: filter.filename, newest, seen, open };
}

/**
 * Finds out what happened since the last poll.
 * @returns the events, oldest first, each of them once, and the state for the next poll
 */
export async function pollEvents(
  client: Client,
  filter: AssetEventFilter,
  state: WatchState,
): Promise<{ events: AssetEvent[]; state: WatchState }> {
  const events: AssetEvent[] = [];
  const open: Record<string, { reported: boolean }> = {};
  const report = (asset: Asset, reported: boolean) => {
    // The kind, which a filter needs, may be known only when the asset is finished.
    const isReportable = kindOf(asset) !== undefined || !isOpen(asset);
    if (!reported && isReportable) events.push({ event: 'created', asset });
    if (isOpen(asset)) open[asset._id] = { reported: reported || isReportable };
    else events.push({ event: asset.status === 'failed' ? 'failed' : 'ready', asset });
  };

  const known = new Set(state.seen);
  const fresh: Asset[] = [];
  const seen: string[] = [];
  let newest = state.newest;
  for await (const asset of client.listAll(listParamsOf(filter))) {
    const created = createdAt(asset);
    if (created < state.newest - OVERLAP_MS) break;
    newest = Math.max(newest, created);
    seen.push(asset._id);
    if (!known.has(asset._id)) fresh.push(asset);
  }
  for (const asset of await readByIds(client, Object.keys(state.open))) {
    report(asset, state.open[asset._id]?.reported ?? true);
  }
  for (const asset of fresh.reverse()) if (!(asset._id in state.open)) report(asset, false);
  return {
    events: events.filter((event) => filter.events.includes(event.event) && matches(event.asset, filter)),
    state: { filter: filter.filename, newest, seen, open },
  };
}

/** Whether a state belongs to this filter; one of another filter would miss what that one left out. */
export function isStateOf(state: unknown, { filename }: AssetEventFilter): state is WatchState {
  return (state as WatchState | undefined)?.filter === filename;
}

/** The newest asset that matches, as an example of an event; `undefined` when there is none. */
export async function exampleEvent(
  client: Pick<AssetsClient, 'list'>,
  filter: AssetEventFilter,
): Promise<AssetEvent | undefined> {
  const { data } = await client.list({ page_limit: BATCH, ...listParamsOf(filter) });
  const asset = data.find((one) => matches(one, filter));
  const [event] = filter.events;
  return asset && event ? { event, asset } : undefined;
}

function matches(asset: Asset, { kinds, metadata = {} }: AssetEventFilter): boolean {
  const kind = kindOf(asset);
  if (kinds.length > 0 && !(kind && kinds.includes(kind))) return false;
  return Object.entries(metadata).every(([key, value]) => asset.user_metadata?.[key] === value);
}

function listParamsOf({ filename }: AssetEventFilter) {
  return filename ? { filename } : {};
}

async function readByIds(client: Client, ids: readonly string[]): Promise<Asset[]> {
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

function kindOf({ file_type }: Asset): MediaKind | undefined {
  return kindOfType(file_type ?? undefined);
}

function createdAt({ created_at }: Asset): number {
  const time = Date.parse(created_at ?? '');
  return Number.isNaN(time) ? 0 : time;
}

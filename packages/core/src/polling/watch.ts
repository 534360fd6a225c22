/** What can happen to something that the platform works on until its status is `ready` or `failed`. */
export const EVENTS = ['created', 'ready', 'failed'] as const;
export type EventName = (typeof EVENTS)[number];

export interface WatchEvent<T> {
  readonly event: EventName;
  readonly item: T;
}

interface Item {
  readonly _id: string;
  readonly status?: string | null | undefined;
  /** RFC 3339, in whole seconds. */
  readonly created_at?: string | null | undefined;
}

/** What a watch looks at, and which events it reports. */
export interface Watched<T> {
  /** Identifies the list: a state of another one would miss what that one left out. */
  readonly key: string;
  /** The events to report. */
  readonly events: readonly EventName[];
  /** Newest first. */
  list(): AsyncIterable<T>;
  /** Those of these ids that still exist. */
  read(ids: readonly string[]): Promise<readonly T[]>;
  /** Whether to report events of this one. */
  matches(item: T): boolean;
  /** Whether enough is known of an unfinished one to say whether it matches. Finished ones are known. */
  isKnown(item: T): boolean;
}

/** What a watch remembers from one poll to the next: plain JSON, for the host to store. */
export interface WatchState {
  /** The key of what is watched: of another one, the watch starts again. */
  readonly key: string;
  /** Milliseconds since the epoch: the creation of the newest one seen. */
  readonly newest: number;
  /** Ids that were seen and may be listed again. */
  readonly seen: readonly string[];
  /** Ids of those that were neither ready nor failed, and whether their creation was reported. */
  readonly open: Readonly<Record<string, { readonly reported: boolean }>>;
}

/** Creation dates have whole seconds, and something may be listed later than its date says. */
const OVERLAP_MS = 300_000;
/** At the start, unfinished ones are searched among those created in this time: a multipart session lives as long. */
const START_WINDOW_MS = 86_400_000;
/** An example is searched among this many. */
const EXAMPLES = 50;

/**
 * Starts a watch. What already exists is skipped, but what is unfinished can still become ready or fail.
 * @param now local milliseconds since the epoch
 */
export async function startWatch<T extends Item>(watched: Watched<T>, now: number): Promise<WatchState> {
  let newest = 0;
  const seen: string[] = [];
  const open: Record<string, { reported: boolean }> = {};
  for await (const item of watched.list()) {
    const created = createdAt(item);
    newest = Math.max(newest, created);
    if (created < Math.min(now, newest) - START_WINDOW_MS) break;
    if (created >= newest - OVERLAP_MS) seen.push(item._id);
    if (isOpen(item)) open[item._id] = { reported: true };
  }
  return { key: watched.key, newest, seen, open };
}

/**
 * Finds out what happened since the last poll.
 * @returns the events, oldest first, each of them once, and the state for the next poll
 */
export async function pollEvents<T extends Item>(
  watched: Watched<T>,
  state: WatchState,
): Promise<{ events: WatchEvent<T>[]; state: WatchState }> {
  const events: WatchEvent<T>[] = [];
  const open: Record<string, { reported: boolean }> = {};
  const report = (item: T, reported: boolean) => {
    const isReportable = watched.isKnown(item) || !isOpen(item);
    if (!reported && isReportable) events.push({ event: 'created', item });
    if (isOpen(item)) open[item._id] = { reported: reported || isReportable };
    else events.push({ event: item.status === 'failed' ? 'failed' : 'ready', item });
  };

  const known = new Set(state.seen);
  const fresh: T[] = [];
  const seen: string[] = [];
  let newest = state.newest;
  for await (const item of watched.list()) {
    const created = createdAt(item);
    if (created < state.newest - OVERLAP_MS) break;
    newest = Math.max(newest, created);
    seen.push(item._id);
    if (!known.has(item._id)) fresh.push(item);
  }
  for (const item of await watched.read(Object.keys(state.open)))
    report(item, state.open[item._id]?.reported ?? true);
  for (const item of fresh.reverse()) if (!Object.hasOwn(state.open, item._id)) report(item, false);
  return {
    events: events.filter(({ event, item }) => watched.events.includes(event) && watched.matches(item)),
    state: { key: watched.key, newest, seen, open },
  };
}

/** Whether a state belongs to what is watched. */
export function isStateOf(state: unknown, { key }: Pick<Watched<never>, 'key'>): state is WatchState {
  return (state as WatchState | undefined)?.key === key;
}

/** The newest one that matches, as an example of an event; `undefined` when there is none. */
export async function exampleEvent<T extends Item>(watched: Watched<T>): Promise<WatchEvent<T> | undefined> {
  const [event] = watched.events;
  let count = 0;
  for await (const item of watched.list()) {
    if (event && watched.matches(item)) return { event, item };
    if (++count >= EXAMPLES) break;
  }
  return undefined;
}

function isOpen({ status }: Item): boolean {
  return status !== 'ready' && status !== 'failed';
}

function createdAt({ created_at }: Item): number {
  const time = Date.parse(created_at ?? '');
  return Number.isNaN(time) ? 0 : time;
}

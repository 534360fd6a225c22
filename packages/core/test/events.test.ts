import { describe, expect, it } from 'vitest';
import {
  ApiError,
  type Asset,
  type AssetEventFilter,
  accountMark,
  exampleEvent,
  type IndexedAsset,
  isStateOf,
  pollEvents,
  startWatch,
  type WatchState,
  watchAssets,
  watchIndexedAssets,
} from '../src/index.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const all: AssetEventFilter = { events: ['created', 'ready', 'failed'], kinds: [], filename: '' };

/** A platform whose assets a test sets; it lists newest first, by whole seconds, as the real one does. */
class Platform {
  readonly assets = new Map<string, Asset>();
  /** Ids that were asked for one by one, over all. */
  asked = 0;

  set(id: string, status: string, more: Partial<Asset> & { at?: number } = {}): void {
    const { at = 0, ...fields } = more;
    const created_at = this.assets.get(id)?.created_at ?? new Date(NOW + at * 1_000).toISOString();
    this.assets.set(id, {
      _id: id,
      status,
      filename: `${id}.mp4`,
      file_type: 'video/mp4',
      created_at,
      ...fields,
    });
  }

  async *listAll({
    asset_ids,
  }: {
    asset_ids?: readonly string[] | undefined;
  } = {}): AsyncGenerator<Asset, void, undefined> {
    this.asked += asset_ids?.length ?? 0;
    const assets = [...this.assets.values()].filter(({ _id }) => asset_ids?.includes(_id) ?? true);
    yield* assets.sort((one, other) => Date.parse(other.created_at ?? '') - Date.parse(one.created_at ?? ''));
  }
}

/** A watch whose state is stored as JSON, as hosts store it. */
async function begin(platform: Platform, wanted = all) {
  let stored = JSON.stringify(await startWatch(watchAssets(platform, wanted), NOW));
  return async () => {
    const { events, state } = await pollEvents(
      watchAssets(platform, wanted),
      JSON.parse(stored) as WatchState,
    );
    stored = JSON.stringify(state);
    return events.map(({ event, item }) => `${event} ${item._id}`);
  };
}

describe('a watch', () => {
  it('skips assets that exist at the start, but reports when an unfinished one becomes ready', async () => {
    const platform = new Platform();
    platform.set('old', 'ready', { at: -600 });
    platform.set('unfinished', 'processing', { at: -500 });
    const poll = await begin(platform);
    expect(await poll()).toEqual([]);
    platform.set('unfinished', 'ready');
    expect(await poll()).toEqual(['ready unfinished']);
    expect(await poll()).toEqual([]);
  });

  it('reports each event of an asset once', async () => {
    const platform = new Platform();
    const poll = await begin(platform);
    platform.set('a', 'processing', { at: 1 });
    expect(await poll()).toEqual(['created a']);
    expect(await poll()).toEqual([]);
    platform.set('a', 'failed');
    platform.set('b', 'ready', { at: 2 });
    expect(await poll()).toEqual(['failed a', 'created b', 'ready b']);
    expect(await poll()).toEqual([]);
  });

  it('does not miss what is created in the same second, or listed late', async () => {
    const platform = new Platform();
    const poll = await begin(platform);
    platform.set('first', 'ready', { at: 10 });
    expect(await poll()).toEqual(['created first', 'ready first']);
    platform.set('same-second', 'ready', { at: 10 });
    platform.set('late', 'ready', { at: -50 });
    expect((await poll()).sort()).toEqual([
      'created late',
      'created same-second',
      'ready late',
      'ready same-second',
    ]);
    expect(await poll()).toEqual([]);
  });

  it('forgets deleted assets, and reads only unfinished ones again', async () => {
    const platform = new Platform();
    const poll = await begin(platform);
    for (let index = 0; index < 120; index++) platform.set(`p${index}`, 'processing', { at: index });
    expect(await poll()).toHaveLength(120);
    platform.assets.clear();
    platform.asked = 0;
    expect(await poll()).toEqual([]);
    expect(platform.asked).toBe(120);
    expect(await poll()).toEqual([]);
    expect(platform.asked).toBe(120);
  });

  it('filters by event and kind, and waits for a kind that is not known yet', async () => {
    const platform = new Platform();
    const poll = await begin(platform, { ...all, events: ['created'], kinds: ['image'] });
    platform.set('video', 'ready', { at: 1 });
    platform.assets.set('unknown', {
      _id: 'unknown',
      status: 'processing',
      created_at: new Date(NOW + 2_000).toISOString(),
    });
    expect(await poll()).toEqual([]);
    platform.set('unknown', 'ready', { file_type: 'image/png' });
    expect(await poll()).toEqual(['created unknown']);
  });

  it('filters by metadata', async () => {
    const platform = new Platform();
    const wanted: AssetEventFilter = { ...all, events: ['ready'], metadata: { shop: 'a', no: 7 } };
    const poll = await begin(platform, wanted);
    platform.set('same', 'ready', { at: 1, user_metadata: { shop: 'a', no: 7, more: true } });
    platform.set('other', 'ready', { at: 2, user_metadata: { shop: 'a', no: 8 } });
    platform.set('none', 'ready', { at: 3 });
    expect(await poll()).toEqual(['ready same']);
  });
});

it('an example is the newest asset that matches', async () => {
  const platform = new Platform();
  platform.set('video', 'ready', { at: 2 });
  platform.set('image', 'ready', { at: 1, file_type: 'image/png' });
  expect(await exampleEvent(watchAssets(platform, { ...all, kinds: ['image'] }))).toMatchObject({
    event: 'created',
    item: { _id: 'image' },
  });
  expect(await exampleEvent(watchAssets(platform, { ...all, kinds: ['audio'] }))).toBeUndefined();
});

describe('a watch of an index', () => {
  const filter = { events: ['ready', 'failed'], index_id: 'i', filename: '' } as const;

  /** An index whose assets a test sets. */
  function indexOf(indexed: Map<string, IndexedAsset>) {
    const unknown = { status: 404, method: 'GET', path: '/indexed-assets', apiCode: 'resource_not_exist' };
    return watchIndexedAssets(
      {
        async *listAll() {
          yield* [...indexed.values()].reverse();
        },
        async retrieve(_, id) {
          const found = indexed.get(id);
          if (!found) throw new ApiError(unknown);
          return found;
        },
      },
      filter,
    );
  }

  it('reports each asset that becomes ready or fails, once, and forgets those that left', async () => {
    const indexed = new Map<string, IndexedAsset>();
    const set = (_id: string, status: string) =>
      indexed.set(_id, { _id, status, created_at: new Date(NOW + indexed.size * 1_000).toISOString() });
    set('old', 'ready');
    const watched = indexOf(indexed);
    let state = await startWatch(watched, NOW);
    const poll = async () => {
      const found = await pollEvents(watched, state);
      state = found.state;
      return found.events.map(({ event, item }) => `${event} ${item._id}`);
    };
    for (const id of ['a', 'b', 'c']) set(id, 'indexing');
    expect(await poll()).toEqual([]);
    set('a', 'ready');
    set('b', 'failed');
    indexed.delete('c');
    expect((await poll()).sort()).toEqual(['failed b', 'ready a']);
    expect(await poll()).toEqual([]);
    expect(isStateOf(state, watched)).toBe(true);
    expect(isStateOf(state, watchAssets(new Platform(), all))).toBe(false);
  });
});

it('an account has a mark of its own, which does not reveal the key', async () => {
  const account = { apiKey: 'tlk_secret', baseUrl: 'https://api.example/v1.3' };
  const mark = await accountMark(account);
  expect(mark).toMatch(/^[0-9a-f]{8}$/);
  expect(await accountMark({ ...account })).toBe(mark);
  expect(await accountMark({ ...account, apiKey: 'tlk_other' })).not.toBe(mark);
  expect(await accountMark({ ...account, baseUrl: 'https://other.example/v1.3' })).not.toBe(mark);
});

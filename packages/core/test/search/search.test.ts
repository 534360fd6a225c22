import { readFile } from 'node:fs/promises';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  fileFromBuffer,
  mentionOf,
  type SearchItem,
  type SearchPage,
  type SearchParams,
  search,
  searchAll,
} from '../../src/index.ts';
import { systemClock } from '../../src/node/index.ts';
import { usePlatform } from '../support/platform.ts';

const platform = usePlatform();
const client = () => platform.account({ clock: systemClock }).client;
const wait = { waitUntilReady: { interval: 10 } };
const searched = () => platform.arrived('POST', '/v1.3/search');

let index_id = '';
let asset_id = '';
let video_id = '';
beforeEach(async () => {
  index_id = (await client().indexes.create({ index_name: 'clips' }))._id;
  asset_id = (await platform.asset(sampleVideo, 'video/mp4'))._id;
  const user_metadata = { sport: 'ball', about: 'image' };
  video_id = (await client().indexedAssets.create(index_id, { asset_id, user_metadata }, wait))._id;
});

const query = (params: Partial<SearchParams> = {}): SearchParams => ({
  index_id,
  search_options: ['visual', 'audio'],
  query_text: 'video',
  ...params,
});
async function all(params: Partial<SearchParams> = {}, options = {}): Promise<SearchItem[]> {
  const items: SearchItem[] = [];
  for await (const item of client().search.queryAll(query(params), options)) items.push(item);
  return items;
}

describe('a query', () => {
  it('by text gives clips in their order, with the times', async () => {
    const { data, page_info } = await client().search.query(query());
    expect(data[0]).toMatchObject({ video_id, rank: 1, start: expect.any(Number), end: expect.any(Number) });
    expect(page_info).toHaveProperty('total_results');
  });

  it('by an image: a URL, a file, several, and with a text', async () => {
    const file = fileFromBuffer(await readFile(sampleImage), { name: 'image.jpg', type: 'image/jpeg' });
    const query_media_url = `${platform.emulator.url}/samples/image.jpg`;
    for (const image of [
      { query_media_file: file },
      { query_media_url },
      { query_media_file: [file, file], query_media_url: [query_media_url], query_text: 'ball' },
    ]) {
      const { query_text, ...image_only } = query();
      const page = await client().search.query({ ...image_only, ...image });
      expect(page.data.length).toBeGreaterThan(0);
    }
    const sent = platform.emulator.requests().filter(({ path }) => path === '/v1.3/search');
    expect(sent[2]?.form?.filter(({ name }) => name === 'query_media_file')).toMatchObject([
      { filename: 'image.jpg' },
      { filename: 'image.jpg' },
    ]);
    expect(sent[2]?.form).toContainEqual(
      expect.objectContaining({ name: 'query_media_type', value: 'image' }),
    );
  });

  it('a file name or type cannot split the head of its part', async () => {
    const bytes = await readFile(sampleImage);
    const name = 'a"\r\nx-evil: 1\r\n\r\n/../b.jpg';
    for (const type of ['image/png\r\nx-evil: 1\r\n\r\nfake', 'image/p"ng', 'any', '*/*']) {
      const file = Object.assign(fileFromBuffer(bytes), { name, type });
      const { query_text, ...image_only } = query();
      await client().search.query({ ...image_only, query_media_file: file });
      const part = platform.emulator
        .requests()
        .at(-1)
        ?.form?.find((each) => each.name === 'query_media_file');
      expect(part).toMatchObject({
        filename: 'a___x-evil: 1_____.._b.jpg',
        content_type: 'application/octet-stream',
        size: bytes.byteLength,
      });
    }
  });

  it('filters by an object, or by the same as JSON', async () => {
    expect(await all({ filter: { sport: 'ball', duration: { gte: 1 } } })).not.toEqual([]);
    expect(await all({ filter: '{"sport": "chess"}' })).toEqual([]);
  });

  it('groups by video, and adds the assets', async () => {
    const [video] = await all({ group_by: 'video' }, { withAssets: true });
    expect(video).toMatchObject({ id: video_id, asset_id, filename: 'video.mp4' });
    expect(video?.clips?.[0]).toMatchObject({ asset_id, filename: 'video.mp4' });
  });

  it('for an entity', async () => {
    const image = await platform.asset(sampleImage, 'image/jpeg');
    const { entityCollections, entities } = client();
    const collection = await entityCollections.getOrCreate('balls');
    const entity = await entities.create(collection._id, { name: 'video', asset_ids: [image._id] }, wait);
    expect(await all({ query_text: `${mentionOf(entity._id)} rolls` })).not.toEqual([]);
  });
});

describe('all pages', () => {
  beforeEach(async () => {
    for (let count = 0; count < 2; count++) {
      const { _id } = await platform.asset(sampleVideo, 'video/mp4');
      await client().indexedAssets.create(index_id, { asset_id: _id }, wait);
    }
  });

  it('are read as the reader asks for them, and billed once', async () => {
    const seen: SearchItem[] = [];
    for await (const item of client().search.queryAll(query({ page_limit: 1 }))) {
      seen.push(item);
      if (seen.length === 1) expect(platform.arrived('GET', /search/)).toBe(0);
    }
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(({ rank }) => rank)).toEqual(seen.map((_, index) => index + 1));
    expect(searched()).toBe(1);
    expect(platform.arrived('GET', /search/)).toBe(seen.length - 1);
  });

  it('have the asset of each clip, which is looked up once for each video', async () => {
    const lookedUp = () => platform.arrived('GET', /indexed-assets\/[^/]+$/);
    const before = lookedUp();
    const items = await all({ group_by: 'video', page_limit: 1 }, { withAssets: true });
    expect(items).toHaveLength(3);
    for (const item of items)
      expect(item).toMatchObject({ asset_id: expect.any(String), filename: 'video.mp4' });
    expect(new Set(items.map((item) => item.asset_id)).size).toBe(3);
    expect(items.map((item) => item.asset_id)).toContain(asset_id);
    expect(lookedUp()).toBe(before + 3);
  });

  it('are not lost with the assets that can not be looked up', async () => {
    const path = '/v1.3/indexes/*/indexed-assets/*';
    platform.emulator.addFaults([{ match: { path }, action: { type: 'respond', status: 403 } }]);
    const items = await all({ group_by: 'video', page_limit: 1 }, { withAssets: true });
    expect(items).toHaveLength(3);
    expect(items.filter((item) => item.asset_id)).toHaveLength(2);
    expect(items[0]).toMatchObject({ asset_error: expect.stringContaining('HTTP 403') });
    expect(items[0]?.clips?.[0]).toMatchObject({ asset_error: items[0]?.asset_error });
    expect(searched()).toBe(1);
  });

  it('are read again after a failure without a second query', async () => {
    platform.emulator.addFaults([
      { match: { path: '/v1.3/search/*' }, action: { type: 'respond', status: 403 } },
    ]);
    let firstPage: SearchPage | undefined;
    const onFirstPage = (page: SearchPage) => {
      firstPage = page;
    };
    await expect(all({ page_limit: 1 }, { onFirstPage })).rejects.toMatchObject({ status: 403 });
    const items = await all({ page_limit: 1 }, { firstPage });
    expect(items.map(({ rank }) => rank)).toEqual(items.map((_, index) => index + 1));
    expect(items.length).toBeGreaterThan(1);
    expect(searched()).toBe(1);
  });

  it('are no longer there when their token has expired', async () => {
    const { page_info } = await client().search.query(query({ page_limit: 1 }));
    const token = page_info?.next_page_token ?? '';
    expect((await client().search.page(token)).data).toHaveLength(1);
    platform.emulator.advanceClock(86_400_000);
    await expect(client().search.page(token)).rejects.toMatchObject({
      apiCode: 'search_page_token_expired',
      hint: expect.stringContaining('run the search again'),
    });
  });

  it('one by one have the assets as well, and an error when the platform does not name the index', async () => {
    const { page_info } = await client().search.query(query({ page_limit: 1 }));
    const token = page_info?.next_page_token ?? '';
    const { data } = await client().search.page(token, {}, { withAssets: true });
    expect(data).toMatchObject([{ asset_id: expect.any(String), filename: 'video.mp4' }]);
    platform.emulator.addFaults([
      { match: { path: '/v1.3/search/*' }, action: { type: 'respond', status: 200, body: { data } } },
    ]);
    await expect(client().search.page(token, {}, { withAssets: true })).rejects.toMatchObject({
      code: 'unexpected_response',
      message: expect.stringContaining('does not name its index'),
    });
  });

  it('end at a limit', async () => {
    const items: SearchItem[] = [];
    for await (const item of client().search.queryAll({ ...query({ page_limit: 1 }), limit: 2 }))
      items.push(item);
    expect(items).toHaveLength(2);
    expect(platform.arrived('GET', /search/)).toBe(1);
  });
});

it.each([
  { type: 'reset', at: 'after-stored' },
  { type: 'respond', status: 502 },
] as const)('a query whose answer is lost is not sent, and billed, again: %o', async (action) => {
  platform.emulator.addFaults([{ match: { path: '/v1.3/search', times: 'always' }, action }]);
  await expect(client().search.query(query())).rejects.toMatchObject({ code: 'uncertain_outcome' });
  await expect(all()).rejects.toMatchObject({ code: 'uncertain_outcome' });
  expect(searched()).toBe(2);
});

it('an image that can be read once only, and is longer than its head, is not sent again', async () => {
  platform.emulator.addFaults([
    { match: { path: '/v1.3/search' }, action: { type: 'respond', status: 429 } },
  ]);
  const image = await readFile(sampleImage);
  let opened = 0;
  const query_media_file = {
    name: 'image.jpg',
    oneShot: true,
    async *stream() {
      if (++opened > 1) return;
      yield image;
      yield new Uint8Array(100_000);
    },
  };
  const { search } = platform.account().client;
  await expect(search.query(query({ query_media_file }))).rejects.toMatchObject({ code: 'rate_limit' });
  expect(opened).toBe(1);
  expect(searched()).toBe(1);
});

it('an empty 429 is a rate limit, which is waited for', async () => {
  platform.emulator.addFaults([
    { match: { path: '/v1.3/search' }, action: { type: 'respond', status: 429 } },
  ]);
  expect((await platform.account().client.search.query(query())).data).not.toEqual([]);
});

describe('a query is checked before anything is sent', () => {
  const file = { stream: async function* () {} };
  it.each<[string, object, string]>([
    ['no text and no image', { query_text: undefined }, 'query_text'],
    ['an image type without an image', { query_media_type: 'image' }, 'query_media_type'],
    ['eleven images', { query_media_file: Array.from({ length: 11 }, () => file) }, 'query_media_url'],
    ['an image that is a text', { query_media_file: 'image.jpg' }, 'query_media_file'],
    ['no search option', { search_options: [] }, 'search_options'],
    ['a filter that is no object', { filter: '[1]' }, 'filter'],
    ['a page that is too long', { page_limit: 51 }, 'page_limit'],
    ['an unknown operator', { operator: 'xor' }, 'operator'],
    ['an unknown field', { query: 'x' }, 'query'],
  ])('%s', async (_name, change, field) => {
    const params = { ...query(), ...change };
    for (const operation of [search, searchAll])
      expect((await operation.check(params)).map((issue) => issue.field)).toContain(field);
    expect(searched()).toBe(0);
  });
});

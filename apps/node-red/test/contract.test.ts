import type { TwelveLabsClient } from '@twelvelabs-nodes/core';
import { createTwelveLabsClient, fileFromPath } from '@twelvelabs-nodes/core/node';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setUp } from './set-up.ts';

// Each node and the method of core that it stands for send the same requests, and return the same. The node that creates
// assets is in the contract suite of apps/proof.

const text = (values: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => [
      [name, value],
      [`${name}Type`, 'str'],
    ]),
  );
const json = (name: string, value: unknown) => ({ [name]: JSON.stringify(value), [`${name}Type`]: 'json' });
const fixed = (name: string, value: string) => ({ [name]: value, [`${name}Type`]: 'fixed' });

const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] };
const segments = [{ id: 'scene', description: 'A scene' }];

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What exists on the platform before. */
interface Known {
  video: string;
  image: string;
  index: string;
  collection: string;
  entity: string;
}

interface Case {
  readonly node: Record<string, unknown>;
  readonly payload?: (known: Known) => unknown;
  readonly core: (client: TwelveLabsClient, known: Known) => Promise<unknown>;
  /** What differs from one call to the next. */
  readonly changing?: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  'a question': {
    node: { type: 'twelvelabs-analyze', ...text({ prompt: 'What is it?', model: 'pegasus1.5' }) },
    payload: ({ video }) => video,
    core: async ({ analysis }, { video }) =>
      (
        await analysis.analyze({
          video: { type: 'asset_id', asset_id: video },
          prompt: 'What is it?',
          model_name: 'pegasus1.5',
        })
      ).data,
  },
  'a question with a schema': {
    node: { type: 'twelvelabs-analyze', ...text({ prompt: 'Title?' }), ...json('schema', schema) },
    payload: ({ video }) => ({ _id: video }),
    core: async ({ analysis }, { video }) =>
      (
        await analysis.analyze({
          video: { type: 'asset_id', asset_id: video },
          prompt: 'Title?',
          response_format: { type: 'json_schema', json_schema: schema },
        })
      ).json,
  },
  segments: {
    node: { type: 'twelvelabs-analyze', ...json('segments', segments) },
    payload: ({ video }) => video,
    core: async ({ analysis }, { video }) =>
      (
        await analysis.analyze({
          video: { type: 'asset_id', asset_id: video },
          response_format: { type: 'segment_definitions', segment_definitions: segments },
        })
      ).segments,
    changing: ['_id'],
  },
  'an indexed asset': {
    node: { type: 'twelvelabs-index-asset', ...text({ index: 'contract' }) },
    payload: ({ video }) => video,
    async core({ indexes, indexedAssets }, { video }) {
      const { _id } = await indexes.getOrCreate('contract');
      return indexedAssets.create(_id, { asset_id: video }, { waitUntilReady: {} });
    },
  },
  'a search by text and image': {
    node: {
      type: 'twelvelabs-search',
      index: 'index',
      indexType: 'msg',
      ...text({ query: 'a ball', image: sampleImage }),
    },
    async core({ search }, { index }) {
      const query = {
        index_id: index,
        search_options: ['visual', 'audio'],
        query_text: 'a ball',
        query_media_file: [await fileFromPath(sampleImage)],
      };
      return collected(search.queryAll(query));
    },
  },
  'an embedding of a text': {
    node: { type: 'twelvelabs-embed', ...fixed('inputType', 'text'), text: 'payload', textType: 'msg' },
    payload: () => 'a ball',
    core: async ({ embeddings }) =>
      (await embeddings.create({ input_type: 'text', text: { input_text: 'a ball' } })).data,
  },
  'an embedding of a file': {
    node: { type: 'twelvelabs-embed', ...fixed('inputType', 'image') },
    payload: () => sampleImage,
    core: async ({ embeddings }) =>
      (
        await embeddings.create({
          input_type: 'image',
          image: { media_source: { file: await fileFromPath(sampleImage) } },
        })
      ).data,
  },
  'a new entity': {
    node: {
      type: 'twelvelabs-entity',
      ...fixed('action', 'create'),
      ...text({ collection: 'contract', entityName: 'Ada' }),
      images: 'payload',
      imagesType: 'msg',
      waitUntilReady: 'true',
      waitUntilReadyType: 'bool',
    },
    payload: ({ image }) => [image],
    async core({ entityCollections, entities }, { image }) {
      const { _id } = await entityCollections.getOrCreate('contract');
      return entities.create(_id, { name: 'Ada', asset_ids: [image] }, { waitUntilReady: {} });
    },
    changing: ['_id', 'created_at', 'updated_at'],
  },
  'the entities of a collection': {
    node: {
      type: 'twelvelabs-entity',
      ...fixed('action', 'list'),
      collection: 'collection',
      collectionType: 'msg',
    },
    core: ({ entities }, { collection }) => collected(entities.listAll(collection)),
  },
  'images of an entity': {
    node: {
      type: 'twelvelabs-entity',
      ...fixed('action', 'add'),
      collection: 'collection',
      collectionType: 'msg',
      entityId: 'entity',
      entityIdType: 'msg',
      images: 'image',
      imagesType: 'msg',
    },
    core: ({ entities }, { collection, entity, image }) =>
      entities.addAssets(collection, entity, { asset_ids: [image] }),
    changing: ['updated_at'],
  },
  'any other request': {
    node: {
      type: 'twelvelabs-request',
      ...fixed('method', 'GET'),
      ...text({ path: '/indexes' }),
      ...json('query', { page_limit: 3 }),
    },
    core: (client) => client.request({ method: 'GET', path: '/indexes', query: { page_limit: 3 } }),
  },
};

describe.each([5, 4] as const)('Node-RED %i', (version) => {
  let stage: Stage;
  let client: ReturnType<typeof createTwelveLabsClient>;
  let known: Known;

  beforeAll(async () => {
    const flows = Object.fromEntries(Object.values(CASES).map(({ node }, index) => [`case-${index}`, node]));
    stage = await setUp({ nodeRed: { version }, flows, emulator: { processingMs: 0 } });
    client = createTwelveLabsClient({ ...stage.emulator, proxy: '' });
    const create = async (path: string) =>
      (
        await client.assets.create(
          { method: 'direct', file: await fileFromPath(path) },
          { waitUntilReady: true },
        )
      )._id;
    const [video, image] = [await create(sampleVideo), await create(sampleImage)];
    const { _id: index } = await client.indexes.getOrCreate('contract');
    await client.indexedAssets.create(index, { asset_id: video }, { waitUntilReady: {} });
    const { _id: collection } = await client.entityCollections.getOrCreate('contract');
    const { _id: entity } = await client.entities.create(
      collection,
      { name: 'Bo', asset_ids: [image] },
      { waitUntilReady: {} },
    );
    known = { video, image, index, collection, entity };
  });
  afterAll(async () => {
    await client?.close();
    await stage?.[Symbol.asyncDispose]();
  });

  /** What a call sent, without the reads of a wait, whose number depends on time. */
  async function sentBy(call: () => Promise<unknown>) {
    const before = stage.emulator.requests().length;
    const result = await call();
    const sent = stage.emulator
      .requests()
      .slice(before)
      .map(({ method, path, query, json, form }) => JSON.stringify({ method, path, query, json, form }));
    return { result, sent: sent.filter((request, index) => request !== sent[index - 1]) };
  }

  test.each(Object.entries(CASES).map(([name, one], index) => [name, `case-${index}`, one] as const))(
    '%s',
    async (_name, flow, { payload, core, changing = [] }) => {
      const byCore = await sentBy(() => core(client, known));
      const byNode = await sentBy(async () => {
        const { asset, error } = await stage.send(flow, { ...known, payload: payload?.(known) });
        expect(error).toBeUndefined();
        return asset;
      });
      const unchanging = (found: unknown) =>
        JSON.parse(JSON.stringify(found, (key, value) => (changing.includes(key) ? undefined : value)));
      const ids = (sent: string[]) =>
        changing.includes('_id') ? sent.map((each) => each.replace(/[0-9a-f]{24}/g, 'id')) : sent;
      expect(ids(byNode.sent)).toEqual(ids(byCore.sent));
      expect(unchanging(byNode.result)).toEqual(unchanging(byCore.result));
    },
  );
});

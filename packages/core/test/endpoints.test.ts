import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod/v4';
import * as analysis from '../src/analysis/endpoints.ts';
import * as assets from '../src/assets/endpoints.ts';
import * as multipart from '../src/assets/multipart/endpoints.ts';
import * as embeddings from '../src/embeddings/endpoints.ts';
import * as entities from '../src/entities/endpoints.ts';
import type { Endpoint } from '../src/index.ts';
import * as indexes from '../src/indexes/endpoints.ts';
import { systemClock } from '../src/node/index.ts';
import * as search from '../src/search/endpoints.ts';
import { usePlatform } from './support/platform.ts';
import { published } from './support/published.ts';

const modules = { ...analysis, ...assets, ...multipart, ...embeddings, ...entities, ...indexes, ...search };
type AnyEndpoint = Endpoint<Record<string, unknown>, unknown>;
const isEndpoint = (value: unknown): value is AnyEndpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;

/** All endpoints of core: a new one is tested by being exported. */
const ENDPOINTS = Object.entries<unknown>(modules).flatMap(([name, value]) =>
  isEndpoint(value) ? [[name, value] as const] : [],
);

/** Names of the parameters that an endpoint takes. */
function namesOf({ params }: AnyEndpoint): string[] {
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  // Of an embedding: those of the default model.
  return Object.keys((schema.anyOf?.[0] ?? schema).properties ?? {});
}

/** Names of the parameters that it needs. */
async function requiredBy(endpoint: AnyEndpoint): Promise<string[]> {
  const issues = await endpoint.check({});
  return issues.filter(({ rule }) => rule === 'required').map(({ field }) => field);
}

const platform = usePlatform();
const ID = '0123456789abcdef01234567';

/** Sound values by the name of the parameter: one for each that an endpoint requires. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  asset_id: ID,
  asset_ids: [ID],
  completed_chunks: [{ chunk_index: 1, proof: '"a"', proof_type: 'etag', chunk_size: 1 }],
  count: 1,
  entity_collection_id: ID,
  entity_id: ID,
  filename: 'video.mp4',
  index_id: ID,
  index_name: 'clips',
  indexed_asset_id: ID,
  input_type: 'text',
  name: 'ball',
  page_token: 'a1',
  prompt: 'What happens?',
  query_text: 'a ball',
  search_options: ['visual'],
  start: 1,
  task_id: ID,
  total_size: 1,
  type: 'video',
  upload_id: ID,
  user_metadata: { season: 2 },
  video: { type: 'asset_id', asset_id: ID },
};
/** Where a name means something else. */
const OWN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  postEmbedding: { text: { input_text: 'A ball rolls.' } },
  postEmbeddingTask: { input_type: 'video', video: { media_source: { asset_id: ID } } },
};

async function sampleFor(name: string, endpoint: AnyEndpoint, samples = SAMPLES) {
  const own = OWN[name] ?? {};
  const wanted = (await requiredBy(endpoint)).filter((field) => !(field in own));
  const missing = wanted.filter((field) => !(field in samples));
  if (missing.length > 0) throw new Error(`add a sample for ${missing.join(', ')} of ${name} to SAMPLES`);
  return { ...Object.fromEntries(wanted.map((field) => [field, samples[field]])), ...own };
}

it('no endpoint builds its schema before it is used', () => {
  const eager = ENDPOINTS.filter(([, { params }]) => !(params instanceof z.ZodLazy));
  // Its schema is part of the public interface, as an object.
  expect(eager.map(([name]) => name)).toEqual(['listAssets']);
});

describe('each endpoint is in the published description', () => {
  it.each(ENDPOINTS)('%s', async (name, endpoint) => {
    const known = published(endpoint.method, endpoint.path);
    if (!known)
      throw new Error(
        `${endpoint.method} ${endpoint.path}: apps/emulator/test/fixtures does not describe it`,
      );
    expect(namesOf(endpoint).filter((each) => !known.names.has(each))).toEqual([]);
    // A default of core's fills in some.
    const body = endpoint.params.parse(await sampleFor(name, endpoint));
    expect(known.required.filter((each) => !(each in body))).toEqual([]);
    const { body: sent } = endpoint.request({ baseUrl: 'https://example.com/v1.3' }, body);
    if (sent) expect(sent.type.split(';')[0]).toBe(known.type);
  });

  it.each(ENDPOINTS)('%s is not asked to answer in compressed form', async (name, endpoint) => {
    const params = endpoint.params.parse(await sampleFor(name, endpoint));
    const { headers } = endpoint.request({ baseUrl: 'https://example.com/v1.3' }, params);
    expect(headers['accept-encoding']).toBe('identity');
  });
});

/** Calls an endpoint with samples. @returns the error, if there was one */
async function failureOf(name: string, endpoint: AnyEndpoint): Promise<unknown> {
  const { client } = platform.account({ retry: { maxAttempts: 3 } });
  return client.call(endpoint, await sampleFor(name, endpoint)).then(
    () => undefined,
    (error: unknown) => error,
  );
}

// The origin has answered before, as in a process at work.
beforeAll(async () => {
  await platform.client().client.list();
});
beforeEach(() => platform.emulator.reset());

describe.each(ENDPOINTS)('%s', (name, endpoint) => {
  it.each([
    ['HTTP 500', { type: 'respond', status: 500, body: { code: 'internal', message: 'oops' } }, false],
    ['HTTP 503', { type: 'respond', status: 503 }, true],
    ['a reset before the answer', { type: 'reset', at: 'after-body' }, true],
  ] as const)('meets %s as a request that may, or may not, arrive twice', async (_fault, action, mayPass) => {
    platform.emulator.addFaults([{ match: { times: 'always' }, action }]);
    const error = await failureOf(name, endpoint);
    const sent = platform.emulator.requests();
    expect(sent).toHaveLength(endpoint.repeatable && mayPass ? 3 : 1);
    expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    const lost = action.type === 'reset' ? 'network' : 'api';
    expect(error).toMatchObject({ code: endpoint.repeatable ? lost : 'uncertain_outcome' });
  });

  it('is called again when it was refused for now', async () => {
    platform.emulator.addFaults([{ match: {}, action: { type: 'respond', status: 429 } }]);
    const error = await failureOf(name, endpoint);
    expect(platform.emulator.requests()).toHaveLength(2);
    if (error !== undefined) expect(error).toMatchObject({ code: 'api' });
  });

  it('refuses an answer that is not JSON', async () => {
    if (endpoint.answer.safeParse('').success || endpoint.path === 'analyze') return;
    platform.emulator.addFaults([{ match: {}, action: { type: 'respond', status: 200, body: '<html>' } }]);
    const code = endpoint.creates ? 'uncertain_outcome' : 'unexpected_response';
    expect(await failureOf(name, endpoint)).toMatchObject({ code });
  });
});

it('each endpoint works on what exists', async () => {
  const { client } = platform.account({ clock: systemClock });
  const [video, second, image, other] = [
    await platform.asset(sampleVideo, 'video/mp4'),
    await platform.asset(sampleVideo, 'video/mp4'),
    await platform.asset(sampleImage, 'image/jpeg'),
    await platform.asset(sampleImage, 'image/jpeg'),
  ];
  const { _id: index_id } = await client.indexes.create({ index_name: 'existing' });
  const wait = { waitUntilReady: { interval: 10 } };
  const indexed = await client.indexedAssets.create(index_id, { asset_id: video._id }, wait);
  await client.indexedAssets.create(index_id, { asset_id: second._id }, wait);
  const { page_info } = await client.search.query({
    index_id,
    search_options: ['visual'],
    query_text: 'video',
    page_limit: 1,
  });
  const collection = await client.entityCollections.create({ name: 'balls' });
  const images = [image._id, other._id];
  const entity = await client.entities.create(collection._id, { name: 'b', asset_ids: images }, wait);
  const source = { type: 'asset_id', asset_id: video._id } as const;
  const task = await client.analysis.tasks.create({ video: source, prompt: 'x' });
  await client.analysis.tasks.waitUntilReady(task.task_id, { interval: 10 });
  const embedding = await client.embeddings.tasks.create({
    input_type: 'video',
    video: { media_source: { asset_id: video._id } },
  });
  const session = (await client.call(multipart.createSession, {
    filename: 'video.mp4',
    type: 'video',
    total_size: 1,
  })) as { upload_id: string };
  const existing: Readonly<Record<string, unknown>> = {
    ...SAMPLES,
    asset_id: video._id,
    asset_ids: [image._id],
    entity_collection_id: collection._id,
    entity_id: entity._id,
    index_id,
    indexed_asset_id: indexed._id,
    page_token: page_info?.next_page_token,
    task_id: task.task_id,
    upload_id: session.upload_id,
    video: source,
  };
  const own: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    updateIndex: { index_name: 'films' },
    // An index still refers to this asset.
    deleteAsset: { force: true },
    retrieveEmbeddingTask: { task_id: embedding._id },
    postEmbeddingTask: { input_type: 'video', video: { media_source: { asset_id: video._id } } },
  };
  // Needs chunks that were stored: see multipart.test.ts.
  const elsewhere = ['reportChunks'];
  // What is inside something else goes first.
  const depth = ({ method, path }: AnyEndpoint) => (method === 'DELETE' ? 100 - path.split('/').length : 0);
  const inOrder = ENDPOINTS.filter(([name]) => !elsewhere.includes(name)).sort(
    ([, one], [, two]) => depth(one) - depth(two),
  );
  for (const [name, endpoint] of inOrder) {
    const params = { ...(await sampleFor(name, endpoint, existing)), ...own[name] };
    const outcome = await client.call(endpoint, params).then(
      () => 'done',
      (error: unknown) => error,
    );
    expect(outcome, name).toBe('done');
  }
});

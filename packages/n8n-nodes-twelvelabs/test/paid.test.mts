import { describe, expect, it } from 'vitest';
import { pageOf } from '../nodes/TwelveLabs/listSearch/search-list';
import { failure, run, type Sent } from './support/host.mts';

const ID = '6298d673f1090f1100476d4c';
const NOT_FOUND = [[404, { code: 'resource_not_exists', message: 'no' }]] as const;

const image = { mimeType: 'image/jpeg', data: Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64') };
const items = [{ json: {}, binary: { data: { ...image, fileName: 'a.jpg' } } }];
const named = (value: unknown) => ({ mode: 'name', value });

describe('What a new asset is for is looked at before the asset is paid for', () => {
  const add = { resource: 'indexedAsset', operation: 'create', indexId: ID };
  const entity = { resource: 'entity', collectionId: ID, images: 'files', binaryPropertyNames: 'data' };

  it.each<[string, Record<string, unknown>, string]>([
    ['the index of a file', { ...add, source: 'file' }, 'index'],
    ['the index of a URL', { ...add, source: 'url', url: 'https://example.com/a.mp4' }, 'index'],
    [
      'the collection of an entity',
      { ...entity, operation: 'create', entityName: 'Ada', collectionId: ID },
      'collection',
    ],
    ['an entity', { ...entity, operation: 'addImages', entityId: ID }, 'entity'],
  ])('%s', async (_, parameters, noun) => {
    const sent: Sent[] = [];
    const message = await failure({ parameters, items, sent, answers: NOT_FOUND });
    expect(message).toBe(`TwelveLabs found no ${noun} with this ID`);
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
  });

  const many = Array.from({ length: 20 }, () => items).flat();
  const answers = [[200, { _id: ID, status: 'ready', data: [], page_info: { total_page: 1 } }]] as const;
  const looks = (sent: readonly Sent[]) =>
    sent.filter(({ method }) => method === 'GET').map(({ url }) => url);
  it.each<[string, Record<string, unknown>, string]>([
    ['the index of a URL', { ...add, source: 'url', url: 'https://example.com/a.mp4' }, 'indexes'],
    [
      'the collection of an entity',
      { ...entity, operation: 'create', entityName: 'Ada' },
      'entity-collections',
    ],
    ['an entity', { ...entity, operation: 'addImages', entityId: ID }, `entity-collections/${ID}/entities`],
  ])('once for all items: %s', async (_, parameters, path) => {
    const given = { parameters: { ...parameters, waitUntilReady: false }, items: many, answers };
    const { sent, items: results } = await run(given);
    expect(results).toHaveLength(20);
    expect(looks(sent).filter((url) => url.endsWith(`/${path}/${ID}`))).toHaveLength(1);
  });

  it('once for each account', async () => {
    const parameters = { ...add, source: 'url', url: 'https://example.com/a.mp4', waitUntilReady: false };
    const apiKey = (item: number) => `tlk_${item % 2}`;
    const { sent } = await run({ parameters, items: many, answers, apiKey });
    expect(looks(sent).filter((url) => url.endsWith(`/indexes/${ID}`))).toHaveLength(2);
  });

  it('and what is missing fails each item', async () => {
    const parameters = { ...add, source: 'url', url: 'https://example.com/a.mp4' };
    const { items: failed } = await run({
      parameters,
      items: many,
      answers: NOT_FOUND,
      onError: 'continueRegularOutput',
    });
    expect(failed.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual(
      many.map((_, item) => ['TwelveLabs found no index with this ID', { item }]),
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an index', { ...add, source: 'file', indexId: named(Number.NaN) }, 'Index: must be the name'],
    ['an index that is empty', { ...add, source: 'file', indexId: named('') }, 'Index: must not be empty'],
    [
      'an index for an asset that exists',
      { ...add, source: 'asset', assetId: ID, indexId: named(['a']) },
      'Index: must be the name',
    ],
    [
      'a collection',
      { ...entity, operation: 'create', entityName: 'Ada', collectionId: named(Number.NaN) },
      'Collection: must be the name',
    ],
  ])('the name of %s', async (_, parameters, message) => {
    const sent: Sent[] = [];
    expect(await failure({ parameters, items, sent })).toContain(message);
    expect(sent).toEqual([]);
  });
});

describe('An answer that was paid for', () => {
  const getTask = { resource: 'analysis', operation: 'getTask', taskId: ID, waitUntilReady: false };
  const data = Array.from({ length: 3000 }, (_, index) => `sentence ${index}`).join('. ');
  const task = { task_id: ID, status: 'ready' };

  it('that was cut off is in the output of Get Task', async () => {
    const result = { data, finish_reason: 'length' };
    const cut = { ...task, result, error: { message: 'too long' } };
    const { items } = await run({ parameters: getTask, answers: [[200, cut]] });
    expect(items[0]?.json).toMatchObject({
      answer: data,
      finish_reason: 'length',
      error: { message: 'too long' },
    });
  });

  it('that is no JSON is in the output of Get Task, with what is wrong with it', async () => {
    const request_params = { response_format: { type: 'json_schema' } };
    const prose = { ...task, result: { data, finish_reason: 'stop' }, request_params };
    const { items } = await run({ parameters: getTask, answers: [[200, prose]] });
    expect(items[0]?.json).toMatchObject({
      answer: data,
      finish_reason: 'stop',
      error: { message: expect.stringContaining('The answer is not JSON') },
    });
  });

  it('is in the details of the error, with advice in terms of the form', async () => {
    const parameters = {
      resource: 'analysis',
      operation: 'analyze',
      source: 'url',
      url: 'https://example.com/a.mp4',
      question: 'custom',
      prompt: 'What?',
    };
    const cut = { ...task, result: { data, finish_reason: 'length' } };
    const { items } = await run({ parameters, onError: 'continueRegularOutput', answers: [[200, cut]] });
    const hint = 'Raise Maximum Tokens, or ask for less.';
    expect(items[0]?.json).toMatchObject({ details: { text: data, hint } });
  });
});

describe('Replacing metadata by nothing', () => {
  const replace = { operation: 'updateMetadata', assetId: ID, mode: 'replace' };
  it.each<[string, Record<string, unknown>]>([
    ['an empty form', { metadata: {} }],
    ['an empty object', { metadata: { json: [{ json: '{}' }] } }],
    ['the field of the first days', { specifyMetadata: 'json', metadataJson: '{}' }],
  ])('is refused: %s', async (_, more) => {
    const sent: Sent[] = [];
    const message = await failure({ parameters: { ...replace, ...more }, sent });
    expect(message).toMatch(/^Metadata.*: must contain at least one key\. .* set Mode to Clear/);
    expect(sent).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['as an object', { metadata: { json: [{ json: () => ({}) }] } }],
    ['as text', { metadata: { json: [{ json: () => '{}' }] } }],
    ['as no fields', { metadata: { pairs: () => [] } }],
    ['in the field of the first days', { specifyMetadata: 'json', metadataJson: () => ({}) }],
  ])('is what an expression asks for that returns nothing %s', async (_, more) => {
    const answers = [[200, { _id: ID, status: 'ready' }]] as const;
    const { sent } = await run({ parameters: { ...replace, ...more }, answers });
    expect(sent.map(({ method, body }) => [method, body])).toEqual([
      ['PUT', '{"user_metadata":{}}'],
      ['GET', ''],
    ]);
  });
});

it('a list shows no status where the platform sends none', () => {
  const { results } = pageOf([{ _id: ID, name: 'a', status: null }], null);
  expect(results).toEqual([{ name: 'a', value: ID }]);
});

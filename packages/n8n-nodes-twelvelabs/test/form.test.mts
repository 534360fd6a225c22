import { ValidationError } from '@twelvelabs-nodes/core';
import type { INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { toNodeError } from '../nodes/host/errors';
import { fieldsOf, labelsOf, nameIn } from '../nodes/TwelveLabs/form/field';
import { propertiesOf } from '../nodes/TwelveLabs/form/properties';
import { resources } from '../nodes/TwelveLabs/resources';
import { failure, run, type Sent } from './support/host.mts';

const ID = '6298d673f1090f1100476d4c';
const URL = 'https://example.com/a.mp4';
const byUrl = { method: 'url', url: URL };
const node = {
  id: '1',
  name: 'TwelveLabs',
  type: 'twelveLabs',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
} satisfies INode;

/** The text fields of a multipart form. */
function form(body: string | undefined): Record<string, string> {
  const parts = [...(body ?? '').matchAll(/name="([^"]+)"(?:[^\r]*\r\n)+?\r\n([^\r]*)\r\n/g)];
  return Object.fromEntries(parts.map(([, name = '', value = '']) => [name, value]));
}

describe.each(
  resources.flatMap(({ value, operations }) => operations.map((one) => [value, one.value, one] as const)),
)('%s: %s', (resource, _, operation) => {
  const fields = fieldsOf(operation.form);

  it('has each name, and each label, once', () => {
    for (const key of ['name', 'displayName'] as const) {
      const all = fields.map(({ property }) => property[key]);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('names every value of core in errors by the label of a field that sets it', () => {
    const targets = fields.flatMap(({ sets }) => sets ?? []);
    for (const target of targets) {
      const issue = { field: nameIn(target), rule: 'required', message: 'is wrong', received: 'nothing' };
      const { message } = toNodeError(node, new ValidationError([issue]), 0, labelsOf(operation.form));
      const setting = fields.filter(({ sets }) => sets === target);
      expect(setting.map(({ property }) => `${property.displayName}: is wrong`)).toContain(message);
    }
  });

  it('shows its fields for itself only, and a moved field only where it is set', () => {
    for (const { displayOptions, options = [] } of propertiesOf(resource, operation)) {
      expect(displayOptions?.show).toMatchObject({ resource: [resource], operation: [operation.value] });
      const names = options.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('a form that is filled in', () => {
  it('becomes the request, under the names of the API', async () => {
    const metadata = {
      pairs: [{ key: 'campaign', value: 'spring' }],
      json: [{ json: '{"take": 2, "crew": 4}' }, { json: { take: 3, campaign: 'no' } }],
    };
    const options = {
      filename: 'a.mp4',
      enableHls: true,
      metadata,
      metadataJson: '{"mood": "calm", "crew": 0}',
    };
    const { sent } = await run({ parameters: { operation: 'create', ...byUrl, options } });
    expect(sent).toMatchObject([{ method: 'POST', url: 'https://api.example/v1.3/assets' }]);
    expect(form(sent[0]?.body)).toEqual({
      method: 'url',
      url: URL,
      filename: 'a.mp4',
      enable_hls: 'true',
      user_metadata: '{"mood":"calm","crew":4,"take":3,"campaign":"spring"}',
    });
  });

  it('is read for each item', async () => {
    const url = (item: number) => `https://example.com/${item}.mp4`;
    const { sent, items } = await run({
      parameters: { operation: 'create', method: 'url', url },
      items: [{ json: {} }, { json: {} }],
    });
    expect(sent.map(({ body }) => form(body).url)).toEqual([url(0), url(1)]);
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
  });

  it('sets nothing by a field that is hidden or was not added', async () => {
    const { sent } = await run({ parameters: { operation: 'create', ...byUrl, binaryPropertyName: 'nope' } });
    expect(form(sent[0]?.body)).toEqual({ method: 'url', url: URL });
  });

  it.each([
    ['Create-Once Key', { operation: 'create', ...byUrl, options: { once: () => undefined } }],
    [
      'Time Limit (Minutes)',
      { operation: 'create', ...byUrl, advancedOptions: { timeout: () => undefined } },
    ],
    ['Metadata.a', { operation: 'create', ...byUrl, options: { metadata: { pairs: [{ key: 'a' }] } } }],
    ['URL', { operation: 'create', method: 'url', url: () => undefined }],
    ['Limit', { operation: 'getAll', limit: () => undefined }],
    ['File Name Contains', { operation: 'getAll', filters: { filename: () => undefined } }],
  ])(
    '%s: an expression that returns nothing is an error, not a field that was not added',
    async (label, parameters) => {
      expect(await failure({ parameters })).toContain(`${label}: `);
    },
  );

  it.each([
    ['no condition', [null], 'Filters: must name the field'],
    ['a hole', Array(1), 'Filters: must name the field'],
    [
      'a condition that an object has of itself',
      [{ name: 'a', condition: 'toString' }],
      'Filters.a: must have one',
    ],
    ['null', [{ name: 'a', condition: 'equals', value: null }], 'Filters.a: has no value'],
    ['no list', {}, 'Filters: must be a list'],
  ])('refuses as a filter: %s', async (_, condition, message) => {
    const parameters = { resource: 'search', operation: 'query', indexId: ID, queryText: 'x' };
    expect(await failure({ parameters: { ...parameters, filters: { condition } } })).toContain(message);
  });

  it('filters by a field whatever its name is', async () => {
    const condition = ['constructor', '__proto__'].map((name) => ({ name, condition: 'equals', value: 'x' }));
    const parameters = { resource: 'search', operation: 'query', indexId: ID, queryText: 'x' };
    const { sent } = await run({
      parameters: { ...parameters, filters: { condition } },
      answers: [[200, { data: [] }]],
    });
    expect(form(sent[0]?.body).filter).toBe('{"constructor":"x","__proto__":"x"}');
  });

  it('reports all problems of its own at once', async () => {
    const parameters = {
      operation: 'create',
      ...byUrl,
      waitUntilReady: 'yes',
      advancedOptions: { concurrency: 0 },
    };
    const message = await failure({ parameters });
    expect(message).toContain('Wait Until Ready: must be true or false');
    expect(message).toContain('Items at Once: must be a whole number from 1 to 32');
  });

  it("reports them together with core's, and with a missing file", async () => {
    const parameters = {
      operation: 'create',
      method: 'direct',
      binaryPropertyName: 'video',
      simplify: 7,
      options: { filename: '' },
    };
    expect(await failure({ parameters })).toMatch(
      /^Input Binary Field: there is no binary field "video".*; Simplify: must be .*; File Name: must have/,
    );
  });

  it.each(['options', 'advancedOptions'])('has limits of time in its own units (%s)', async (group) => {
    const parameters = { operation: 'create', ...byUrl, [group]: { idleTimeout: 0, maxWait: -1 } };
    expect(await failure({ parameters: { ...parameters, waitUntilReady: true } })).toMatch(
      /^Wait Time Limit \(Minutes\): must be a number of minutes, .*; Idle Time Limit \(Seconds\): must be a number of seconds, /,
    );
  });

  it('waits with the limit that was chosen also where only a use case asks for waiting', async () => {
    const parameters = {
      operation: 'create',
      ...byUrl,
      options: { intendedFor: ['search'], waitUntilReady: false, maxWait: 0 },
    };
    expect(await failure({ parameters })).toMatch(/^Wait Time Limit \(Minutes\): /);
  });
});

describe('what comes out', () => {
  const raw = {
    _id: ID,
    technical_metadata: { width: 1 },
    status: 'ready',
    filename: 'a.mp4',
  };
  const answers = [[200, { ...raw, data: [raw], page_info: { total_page: 1 } }]] as const;

  it('is raw, or simplified: many assets by default', async () => {
    const get = { operation: 'get', assetId: ID };
    const simple = { _id: ID, status: 'ready', filename: 'a.mp4' };
    const json = async (parameters: object) =>
      (await run({ parameters: { ...parameters }, answers })).items[0]?.json;
    expect(await json(get)).toMatchObject(raw);
    expect(await json({ ...get, simplify: true })).toEqual(simple);
    expect(await json({ operation: 'getAll' })).toEqual(simple);
    expect(await json({ operation: 'getAll', simplify: false })).toEqual(raw);
  });

  it('says right behind the status whether the asset meets the requirements', async () => {
    const parameters = { operation: 'waitUntilReady', assetId: ID, options: { intendedFor: ['analysis'] } };
    const { items } = await run({ parameters, answers: [[200, { ...raw, file_type: 'image/png' }]] });
    expect(Object.keys(items[0]?.json ?? {}).slice(0, 4)).toEqual([
      '_id',
      'status',
      'meets_requirements',
      'workflow_fit',
    ]);
    expect(items[0]?.json.meets_requirements).toBe('no');
  });

  it('names the fields that an item has, when the chosen one is missing', async () => {
    const items = [{ json: {}, binary: { data: { data: '', mimeType: 'video/mp4' } } }];
    const parameters = { operation: 'create', method: 'direct', binaryPropertyName: 'video' };
    expect(await failure({ parameters, items })).toBe(
      'Input Binary Field: there is no binary field "video". This item has: "data"',
    );
  });

  it('finds the only file of an item by the default name, and asks which one where there are more', async () => {
    const file = { data: '', mimeType: 'video/mp4' };
    const parameters = { operation: 'create', method: 'direct' };
    const one = [{ json: {}, binary: { Video: file } }];
    expect(await failure({ parameters, items: one })).toBe(
      'Input Binary Field: must not be empty (got 0 bytes)',
    );
    const two = [{ json: {}, binary: { Video: file, Poster: file } }];
    expect(await failure({ parameters, items: two })).toBe(
      'Input Binary Field: there is no binary field "data". This item has: "Video", "Poster"',
    );
    expect(
      await failure({ parameters: { ...parameters, binaryPropertyName: 'Video, Poster' }, items: two }),
    ).toBe(
      'Input Binary Field: names several binary fields. Choose one; to create an asset from each, give each file an item of its own before this node',
    );
  });
});

const image = (data: string) => ({
  data: Buffer.from(`\x89PNG\r\n\x1a\n${data}`, 'latin1').toString('base64'),
  mimeType: 'image/png',
  fileName: 'image.png',
});

describe('what fails', () => {
  it('is reported, and not the items that it stopped', async () => {
    const items = Array.from({ length: 100 }, () => ({ json: {} }));
    const parameters = {
      operation: 'create',
      method: 'url',
      url: (item: number) => (item === 99 ? undefined : URL),
    };
    // The emulator would download all of them.
    const answers = [[200, { _id: ID, status: 'ready' }]] as const;
    expect(await failure({ parameters, items, answers })).toMatch(/^URL: has no value/);
  });

  it('of the first item leaves the others alone, where the node continues', async () => {
    const url = (item: number) => {
      if (item === 0) throw new Error('no pairing');
      return URL;
    };
    const parameters = { operation: 'create', method: 'url', url };
    const items = [{ json: {} }, { json: {} }];
    const ran = await run({ parameters, items, onError: 'continueRegularOutput' });
    expect(ran.items.map(({ json }) => json.error ?? json._id)).toEqual([
      'no pairing',
      expect.stringMatching(/^\w+$/),
    ]);
  });

  it.each([
    ['a missing image', { binaryPropertyNames: 'back' }, 'Input Binary Fields: there is no binary'],
    [
      'a missing second image',
      { binaryPropertyNames: 'front, back' },
      'Input Binary Fields: there is no binary',
    ],
    ['a file of another kind', { binaryPropertyNames: 'front, clip' }, 'Input Binary Fields: '],
    ['a wrong collection', { collectionId: 'no good' }, 'Collection: must be an id'],
    ['a wrong limit', { options: { maxWait: -1 }, waitUntilReady: true }, 'Wait Time Limit (Minutes): '],
  ])('of an entity uploads nothing: %s', async (_, wrong, message) => {
    const clip = {
      ...image(''),
      data: Buffer.from('\0\0\0\x18ftypisom').toString('base64'),
      fileName: 'a.mp4',
    };
    const items = [{ json: {}, binary: { front: image('a'), clip } }];
    const entity = { resource: 'entity', operation: 'create', collectionId: ID, entityName: 'Ada' };
    const parameters = { ...entity, images: 'files', binaryPropertyNames: 'front', ...wrong };
    const sent: Sent[] = [];
    const said = await failure({ parameters, items, sent });
    expect(said.split(message)).toHaveLength(2);
    expect(sent).toEqual([]);
  });

  it('of adding to an index uploads nothing', async () => {
    const items = [{ json: {}, binary: { data: image('a') } }];
    const parameters = { resource: 'indexedAsset', operation: 'create', source: 'file', indexId: 'no good' };
    const sent: Sent[] = [];
    expect(await failure({ parameters, items, sent })).toContain('Index: must be an id');
    expect(sent).toEqual([]);
  });

  it('never makes one file of two that look alike', async () => {
    const items = [{ json: {}, binary: { front: image('a'), side: image('b') } }];
    const entity = { resource: 'entity', operation: 'create', collectionId: ID, entityName: 'Ada' };
    const parameters = {
      ...entity,
      images: 'files',
      binaryPropertyNames: 'front, side',
      waitUntilReady: false,
    };
    const { sent } = await run({ parameters, items, answers: [[200, { _id: ID, status: 'ready' }]] });
    expect(sent.filter(({ url }) => url.endsWith('/assets'))).toHaveLength(2);
  });

  it.each(['"text"', '[1, 2]', '5'])('metadata that is no object is not merged: %s', async (metadataJson) => {
    const parameters = {
      operation: 'updateMetadata',
      assetId: ID,
      mode: 'merge',
      specifyMetadata: 'json',
      metadataJson,
      removeKeys: 'x',
    };
    expect(await failure({ parameters })).toMatch(/^Metadata.*: must be an object/);
  });

  it.each([
    ['a try of a tool goes on', true, 1],
    ['another run of a node begins anew', false, 2],
  ])('%s after an asset was created', async (_, isTool, creates) => {
    const { signal } = new AbortController();
    const sent: Sent[] = [];
    const asset = { _id: ID, status: 'processing' };
    const parameters = { operation: 'create', ...byUrl, waitUntilReady: true };
    const refused = [
      [200, asset],
      [403, {}],
    ] as const;
    await failure({ parameters, sent, answers: refused, execution: { signal, runIndex: 0, isTool } });
    const ready = [[200, { ...asset, status: 'ready' }]] as const;
    await run({ parameters, sent, answers: ready, execution: { signal, runIndex: 1, isTool } });
    expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(creates);
  });

  it('a further try waits for the analysis task that was paid for', async () => {
    const { signal } = new AbortController();
    const sent: Sent[] = [];
    const execution = { signal, runIndex: 0, isTool: false };
    const question = { source: 'url', url: URL, question: 'custom', prompt: 'What?' };
    const parameters = { resource: 'analysis', operation: 'analyze', ...question };
    const refused = [
      [200, { task_id: ID, status: 'queued' }],
      [403, {}],
    ] as const;
    expect(await failure({ parameters, sent, answers: refused, execution })).toContain('HTTP 403');
    const ready = { task_id: ID, status: 'ready', result: { data: 'A ball.', finish_reason: 'stop' } };
    const { items } = await run({ parameters, sent, answers: [[200, ready]], execution });
    expect(items[0]?.json).toMatchObject({ answer: 'A ball.', task_id: ID });
    expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('a create-once key of the images of an entity', () => {
  const items = [{ json: {}, binary: { front: image('a'), side: image('b') } }];
  const create = {
    resource: 'entity',
    operation: 'create',
    collectionId: ID,
    entityName: 'Ada',
    images: 'files',
    binaryPropertyNames: 'front, side',
    waitUntilReady: false,
  };

  it.each([
    ['is empty', '', 'must not be empty'],
    ['has no room for the number of the last image', 'x'.repeat(254), 'must have at most 255 characters'],
    ['is no text', {}, 'must be text'],
  ])('uploads nothing when it %s', async (_, once, message) => {
    const sent: Sent[] = [];
    const said = await failure({ parameters: { ...create, options: { once } }, items, sent });
    expect(said.split(`Create-Once Key: ${message}`)).toHaveLength(2);
    expect(sent).toEqual([]);
  });

  it.each([
    ['create', {}],
    ['addImages', { operation: 'addImages', entityId: ID }],
  ])('is stored with each of them: %s', async (_, more) => {
    const answers = [[200, { _id: ID, status: 'ready', data: [], page_info: { total_page: 1 } }]] as const;
    const parameters = { ...create, options: { once: ' 4711' }, ...more };
    const { sent } = await run({ parameters, items, answers });
    const keys = sent.flatMap(({ body }) => /"create_once_key":"([^"]*)"/.exec(body)?.[1] ?? []);
    expect(keys).toEqual(['4711', '4711 (2)']);
  });
});

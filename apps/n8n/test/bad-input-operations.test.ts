import { createNodeAssetsClient, fileFromPath } from '@twelvelabs-nodes/core/node';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { beforeEach, describe, expect, it } from 'vitest';
import { setUp } from './support/run.ts';

const { emulator, run } = await setUp();
const client = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
let id: string;

beforeEach(async () => {
  const file = await fileFromPath(sampleImage);
  id = (await client.create({ method: 'direct', file, user_metadata: { take: '1' } }))._id;
  await emulator.settled();
});

/** The value of the item, as it is. */
const value = '={{ $json.value }}';
const asset = () => ({ mode: 'id', value: id });

/**
 * One run for each field: an item for each bad value, and a good item in the middle that must not suffer. The platform
 * is asked what the good one alone asks it, and no more.
 */
async function refusals(parameters: object, values: readonly unknown[], good: unknown): Promise<string[]> {
  const settings = { node: { onError: 'continueRegularOutput' } };
  const middle = Math.floor(values.length / 2);
  const items = [...values.slice(0, middle), good, ...values.slice(middle)].map((one) => ({ value: one }));
  const asked = emulator.requests().length;
  const { items: out, execution } = await run(parameters, items, settings);
  expect(execution.status).toBe('success');
  expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
  expect(out[middle]?.json).not.toHaveProperty('error');
  const now = emulator.requests().length;
  const alone = await run(parameters, [{ value: good }], settings);
  expect(alone.json[0]).not.toHaveProperty('error');
  expect(emulator.requests().length - now).toBe(now - asked);
  return out.filter((_, index) => index !== middle).map(({ json }) => String(json.error));
}

const notText = [null, 7, true, [], ['a'], {}, { a: 1 }];
const notFlag = [null, 'yes', '0', '', 1, 0, [], {}];
const notNumber = [null, 'abc', '5 s', true, [], {}, -1];
const notNames = [null, 'search, nope', 'nope', 7, ['nope'], [null], {}];
const ids = [undefined, ...notText, '', ' ', '../indexes', 'a/b', '?a=1', 'a\nb', 'x'.repeat(129)];

describe.each(['get', 'updateMetadata', 'waitUntilReady'])('%s', (operation) => {
  it.each(['id', 'list'])('refuses on its own item what is no id (%s)', async (mode) => {
    const messages = await refusals({ operation, assetId: { mode, value } }, ids, id);
    for (const message of messages) expect(message).toMatch(/^Asset: .+/);
  });
});

describe('delete', () => {
  /** Every value is bad: nothing may be deleted. */
  const refused = async (parameters: object, values: readonly unknown[]) => {
    const items = values.map((one) => ({ value: one }));
    const settings = { node: { onError: 'continueRegularOutput' } };
    const { items: out } = await run({ operation: 'delete', ...parameters }, items, settings);
    expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
    expect(emulator.requests().filter(({ method }) => method === 'DELETE')).toEqual([]);
    return out.map(({ json }) => String(json.error));
  };

  it('refuses what is no id', async () => {
    for (const message of await refused({ assetId: { mode: 'id', value } }, ids))
      expect(message).toMatch(/^Asset: .+/);
  });

  it('is not forced by what only counts as true', async () => {
    for (const message of await refused({ assetId: asset(), options: { force: value } }, notFlag))
      expect(message).toMatch(/^Force: must be true or false/);
  });
});

describe('getAll', () => {
  it.each<[string, string, object, readonly unknown[], unknown]>([
    ['Return All', 'returnAll', { returnAll: value }, notFlag, 'true'],
    ['Limit', 'limit', { limit: value }, [...notNumber, 0, 1.5], '1'],
    [
      'Asset IDs',
      'assetIds',
      { filters: { assetIds: value } },
      [null, 7, true, {}, [], [7], [null], ['']],
      '',
    ],
    [
      'File Name Contains',
      'filename',
      { filters: { filename: value } },
      [null, [], ['a'], {}, { a: 1 }],
      'IMAGE',
    ],
    ['Kinds', 'assetTypes', { filters: { assetTypes: value } }, ['', ',', ...notNames], 'image, audio'],
  ])('refuses what is no %s', async (label, _, parameters, values, good) => {
    const messages = await refusals({ operation: 'getAll', ...parameters }, values, good);
    for (const message of messages) expect(message).toMatch(new RegExp(`^${label}[^:]*: .+`));
  });
});

describe('updateMetadata', () => {
  const pair = (key: unknown, text: unknown) => ({ metadata: { pairs: [{ key, value: text }] } });
  const json = { specifyMetadata: 'json', metadataJson: value };

  it.each<[string, object, readonly unknown[], unknown]>([
    ['Mode', { mode: value, ...pair('a', 'b') }, [...notText, '', 'nope'], 'merge'],
    ['Specify Metadata', { specifyMetadata: value, ...pair('a', 'b') }, [...notText, '', 'nope'], 'pairs'],
    ['Metadata', pair(value, 'b'), [null, true, [], ['a'], {}, { a: 1 }, ''], 'key'],
    ['Metadata', pair('key', value), [null, [], ['a'], {}, { a: 1 }], 7],
    [
      'Metadata',
      json,
      [undefined, null, '', 7, true, [], ['a'], { a: {} }, '{', 'text', 'null', '7', '[1]', '{"a":[1]}'],
      '{"a":1}',
    ],
    [
      'Metadata',
      { mode: 'replace', ...json },
      [undefined, null, '', 7, ['a'], { a: null }, '{"a":null}'],
      { a: 1 },
    ],
    ['Keys to Remove', { removeKeys: value }, [null, 7, true, {}, { a: 1 }, [7], [null]], ['take', 'none']],
  ])('refuses what is no %s', async (label, parameters, values, good) => {
    const messages = await refusals(
      { operation: 'updateMetadata', assetId: asset(), ...parameters },
      values,
      good,
    );
    for (const message of messages) expect(message).toMatch(new RegExp(`^${label}[^:]*: .+`));
  });
});

describe('waitUntilReady', () => {
  it.each<[string, string, readonly unknown[], unknown]>([
    ['Wait Time Limit', 'maxWait', [...notNumber, 0], 1],
    ['Wait For', 'waitFor', [null, 'nope', 7, ['nope'], {}], 'asset'],
    ['Intended For', 'intendedFor', notNames, ['search']],
  ])('refuses what is no %s before it waits', async (label, name, values, good) => {
    const parameters = { operation: 'waitUntilReady', assetId: asset(), options: { [name]: value } };
    const messages = await refusals(parameters, values, good);
    for (const message of messages) expect(message).toMatch(new RegExp(`^${label}[^:]*: .+`));
  });
});

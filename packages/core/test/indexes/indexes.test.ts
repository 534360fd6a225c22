import { describe, expect, it } from 'vitest';
import { createIndex, type Index } from '../../src/index.ts';
import { usePlatform } from '../support/platform.ts';

const platform = usePlatform();
const client = () => platform.account().client;
const POSTED = { method: 'POST', path: '/v1.3/indexes' };

describe('an index', () => {
  it('is created for picture and sound, read, renamed, listed and deleted', async () => {
    const { indexes } = client();
    const { _id } = await indexes.create({ index_name: 'clips' });
    expect(await indexes.retrieve(_id)).toMatchObject({
      index_name: 'clips',
      models: [{ model_name: 'marengo3.0', model_options: ['visual', 'audio'] }],
    });
    await indexes.update(_id, { index_name: 'films' });
    expect((await indexes.list({ index_name: 'films' })).data).toMatchObject([{ _id }]);
    await indexes.delete(_id);
    await expect(indexes.retrieve(_id)).rejects.toMatchObject({ code: 'api' });
  });

  it('of a name that is taken is an error', async () => {
    await client().indexes.create({ index_name: 'clips' });
    await expect(client().indexes.create({ index_name: 'clips' })).rejects.toMatchObject({
      apiCode: 'index_name_already_exists',
    });
  });

  it('is walked through in pages, as far as the reader goes', async () => {
    const { indexes } = client();
    for (const index_name of ['a', 'b', 'c', 'd', 'e']) await indexes.create({ index_name });
    const names: unknown[] = [];
    for await (const { index_name } of indexes.listAll({ page_limit: 2, limit: 3 })) names.push(index_name);
    expect(names).toEqual(['a', 'b', 'c']);
    expect(platform.arrived('GET', '/v1.3/indexes')).toBe(2);
  });
});

describe('getOrCreate', () => {
  it('finds the index of exactly this name', async () => {
    const { indexes } = client();
    await indexes.create({ index_name: 'clips of June' });
    const june = await indexes.getOrCreate('clips');
    expect(await indexes.getOrCreate('clips')).toMatchObject({ _id: june._id, index_name: 'clips' });
    expect(platform.arrived('POST', '/v1.3/indexes')).toBe(2);
  });

  it('gives all concurrent creators the same index', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => client().indexes.getOrCreate('clips')));
    expect(new Set(made.map(({ _id }) => _id)).size).toBe(1);
    expect((await client().indexes.list()).data).toHaveLength(1);
  });
});

it.each([
  ['as the platform says it', undefined],
  ['by HTTP 409', { type: 'respond', status: 409, body: { code: 'conflict', message: 'exists' } }],
] as const)(
  'getOrCreate finds what somebody else created meanwhile (%s), also when it is listed later',
  async (_, action) => {
    const { _id } = await client().indexes.create({ index_name: 'clips' });
    const nothing = { data: [], page_info: { page: 1, total_page: 0 } };
    platform.emulator.addFaults([
      {
        match: { method: 'GET', path: '/v1.3/indexes', times: 2 },
        action: { type: 'respond', status: 200, body: nothing },
      },
      ...(action ? [{ match: POSTED, action }] : []),
    ]);
    expect(await client().indexes.getOrCreate('clips')).toMatchObject({ _id });
    expect(platform.arrived('POST', '/v1.3/indexes')).toBe(2);
  },
);

describe('a create whose answer is lost', () => {
  const lost = { match: POSTED, action: { type: 'reset', at: 'after-stored' } } as const;

  it.each(['create', 'getOrCreate'] as const)('by %s is found by its name', async (method) => {
    platform.emulator.addFaults([lost]);
    const { indexes } = client();
    const index: Index =
      method === 'create'
        ? await indexes.create({ index_name: 'clips' })
        : await indexes.getOrCreate('clips');
    expect((await indexes.list()).data).toMatchObject([{ _id: index._id }]);
    expect(platform.arrived('POST', '/v1.3/indexes')).toBe(1);
  });

  it('that cannot be found is uncertain, and not sent again', async () => {
    platform.emulator.addFaults([{ match: POSTED, action: { type: 'reset', at: 'after-body' } }]);
    await expect(client().call(createIndex, { index_name: 'clips' })).rejects.toMatchObject({
      code: 'uncertain_outcome',
    });
    expect(platform.arrived('POST', '/v1.3/indexes')).toBe(1);
  });
});

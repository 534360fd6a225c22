import { createNodeAssetsClient, fileFromPath } from '@twelvelabs-nodes/core/node';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeEach, describe, expect, it } from 'vitest';
import { NODE, setUp } from './support/run.ts';

const { emulator, run, rest, credential } = await setUp();
const byId = (id: unknown) => ({ mode: 'id', value: id });
let ids: string[];

// By core itself: what is tested here starts from assets that exist.
beforeEach(async () => {
  const client = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
  ids = [];
  for (const path of [sampleVideo, sampleAudio, sampleImage]) {
    const file = await fileFromPath(path);
    ids.push((await client.create({ method: 'direct', file, user_metadata: { take: '1' } }))._id);
  }
  await emulator.settled();
});

describe('Get', () => {
  it('gives each asked-for asset, for its own item', async () => {
    const { items } = await run({ operation: 'get', assetId: byId('={{ $json.id }}') }, [
      { id: ids[2] },
      { id: ids[0] },
    ]);
    expect(items.map(({ json, pairedItem }) => [json._id, pairedItem])).toEqual([
      [ids[2], { item: 0 }],
      [ids[0], { item: 1 }],
    ]);
  });

  it('says so when there is no such asset', async () => {
    const { error } = await run({ operation: 'get', assetId: byId('0'.repeat(24)) });
    expect(error).toMatchObject({
      name: 'NodeApiError',
      message: 'TwelveLabs found no asset with this ID',
      httpCode: '404',
      context: { itemIndex: 0, data: { code: 'api', apiCode: 'resource_not_exist' } },
    });
    expect(error?.description).toMatch(/Check the id/);
  });

  it.each([
    ['nothing', '', /Asset/],
    ['a path', '../indexes', /Asset/],
    ['an array', '={{ [1, 2] }}', /Asset/],
    ['null', '={{ null }}', /Asset/],
  ])('refuses %s as an id, and sends nothing', async (_, value, message) => {
    const before = emulator.requests().length;
    // An empty required field stops n8n itself; 1.x does not even start an execution then.
    const said = await run({ operation: 'get', assetId: byId(value) }).then(
      ({ execution }) => execution.error?.message,
      (refused: Error) => (value === '' ? 'Asset is required' : refused.message),
    );
    expect(said).toMatch(message);
    expect(emulator.requests()).toHaveLength(before);
  });
});

describe('Get Many', () => {
  it('gives all assets over several pages, newest first', async () => {
    const { items } = await run({ operation: 'getAll', returnAll: true });
    expect(items.map(({ json }) => json._id)).toEqual([...ids].reverse());
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
  });

  it('stops at the limit', async () => {
    const { json } = await run({ operation: 'getAll', limit: 2 });
    expect(json).toHaveLength(2);
  });

  it.each([
    ['kinds', { assetTypes: ['audio', 'image'] }, ['image.jpg', 'audio.mp3']],
    ['part of the name', { filename: 'VIDEO' }, ['video.mp4']],
    [
      'empty filters',
      { filename: '', assetTypes: [], assetIds: '' },
      ['image.jpg', 'audio.mp3', 'video.mp4'],
    ],
  ])('filters by %s', async (_, filters, names) => {
    const { json } = await run({ operation: 'getAll', filters });
    expect(json.map(({ filename }) => filename)).toEqual(names);
  });

  it('filters by ids, written with commas or as an array', async () => {
    for (const assetIds of [`${ids[0]}, ${ids[2]}`, `={{ ["${ids[0]}", "${ids[2]}"] }}`]) {
      const { json } = await run({ operation: 'getAll', filters: { assetIds } });
      expect(json.map(({ _id }) => _id)).toEqual([ids[2], ids[0]]);
    }
  });

  it.each([0, -1, 1.5, '={{ "many" }}'])('refuses %s as limit', async (limit) => {
    const { error } = await run({ operation: 'getAll', limit });
    expect(error?.message).toMatch(/^Limit: /);
  });
});

describe('Delete', () => {
  it('deletes', async () => {
    const { json } = await run({ operation: 'delete', assetId: byId(ids[0]) });
    expect(json).toEqual([{ deleted: true, _id: ids[0] }]);
    const { json: left } = await run({ operation: 'getAll' });
    expect(left.map(({ _id }) => _id)).toEqual([ids[2], ids[1]]);
  });

  it('keeps an asset that an index refers to, unless forced', async () => {
    const reference = { asset_id: ids[0], index_id: 'f'.repeat(24) };
    await fetch(`${emulator.url}/_emulator/references`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(reference),
    });
    const { error } = await run({ operation: 'delete', assetId: byId(ids[0]) });
    expect(error).toMatchObject({
      message: 'This asset is still in use, for example by an index',
      httpCode: '409',
    });
    const { json } = await run({ operation: 'delete', assetId: byId(ids[0]), options: { force: true } });
    expect(json).toEqual([{ deleted: true, _id: ids[0] }]);
  });
});

describe('Update Metadata', () => {
  const update = async (parameters: object) => {
    const { json, error } = await run({ operation: 'updateMetadata', assetId: byId(ids[0]), ...parameters });
    return error?.message ?? json[0]?.user_metadata;
  };

  it('merges pairs, and removes keys', async () => {
    const pairs = [{ key: 'mood', value: 'calm' }];
    expect(await update({ metadata: { pairs } })).toEqual({ take: '1', mood: 'calm' });
    expect(await update({ metadata: { pairs }, removeKeys: 'take, none' })).toEqual({ mood: 'calm' });
  });

  it('merges JSON, in which null removes', async () => {
    expect(await update({ specifyMetadata: 'json', metadataJson: '{"take": null, "rating": 4.5}' })).toEqual({
      rating: 4.5,
    });
  });

  it('replaces and clears', async () => {
    expect(
      await update({ mode: 'replace', specifyMetadata: 'json', metadataJson: '{"only": true}' }),
    ).toEqual({ only: true });
    expect((await update({ mode: 'clear' })) ?? {}).toEqual({});
  });

  it('replaces by the empty object of an expression, in the mode of another', async () => {
    await update({ metadata: { pairs: [{ key: 'mood', value: 'calm' }] } });
    const metadata = { json: [{ json: '={{ $json.none ?? {} }}' }] };
    expect((await update({ mode: "={{ ' Replace' }}", metadata })) ?? {}).toEqual({});
    expect(await update({ mode: 'replace', metadata: {} })).toMatch(
      /^Metadata: must contain at least one key/,
    );
  });

  it('takes JSON beside keys with values, where null removes a key', async () => {
    const metadata = {
      json: [{ json: '{"take": null, "rating": 1}' }],
      pairs: [{ key: 'rating', value: '={{ 5 }}' }],
    };
    expect(await update({ metadata })).toMatchObject({ rating: 5 });
    expect(await update({ metadata })).not.toHaveProperty('take');
  });

  it.each(['[1]', '{"nested": {"a": 1}}', '"text"', '{broken'])('refuses %s', async (metadataJson) => {
    const refused = /^Metadata( \(JSON\))?(\.nested)?: must be/;
    expect(await update({ specifyMetadata: 'json', metadataJson })).toMatch(refused);
    expect(await update({ metadata: { json: [{ json: metadataJson }] } })).toMatch(refused);
  });
});

describe('Wait Until Ready', () => {
  it('waits for an asset that was created elsewhere', async () => {
    const { json: created } = await run({}, [{ path: sampleVideo }]);
    const { json } = await run({
      operation: 'waitUntilReady',
      assetId: byId(created[0]?._id),
      options: { intendedFor: ['embeddings'] },
    });
    expect(json).toMatchObject([
      { status: 'ready', duration: 5, workflow_fit: [{ workflow: 'embeddings' }] },
    ]);
  });
});

describe('the list of assets in the editor', () => {
  const search = (filter?: string, paginationToken?: string) =>
    rest.post<{ results: { name: string; value: string }[]; paginationToken?: string }>(
      '/rest/dynamic-node-parameters/resource-locator-results',
      {
        nodeTypeAndVersion: { name: 'n8n-nodes-twelvelabs.twelveLabs', version: 1 },
        path: 'parameters.assetId',
        methodName: 'searchAssets',
        currentNodeParameters: { resource: 'asset', operation: 'get' },
        credentials: { twelveLabsApi: credential },
        ...(filter === undefined ? {} : { filter }),
        ...(paginationToken === undefined ? {} : { paginationToken }),
      },
    );
  /** What the editor gets when someone scrolls to the end of the list: names by page. */
  const pages = async (filter?: string) => {
    const names: string[][] = [];
    let token: string | undefined;
    do {
      const { results, paginationToken } = await search(filter, token);
      names.push(results.map(({ name }) => name));
      token = paginationToken;
    } while (token !== undefined);
    return names;
  };

  it('shows the newest first, and searches by name', async () => {
    const { results } = await search();
    expect(results).toEqual([
      { name: 'image.jpg', value: ids[2] },
      { name: 'audio.mp3', value: ids[1] },
      { name: 'video.mp4', value: ids[0] },
    ]);
    expect((await search('Audio')).results).toEqual([{ name: 'audio.mp3', value: ids[1] }]);
  });

  it('goes on over pages, also of a search', async () => {
    const client = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
    const file = await fileFromPath(sampleImage);
    const takes = Array.from({ length: 110 }, (_, index) => `${index % 2 ? 'take' : 'rest'} ${index}.jpg`);
    for (const filename of takes) await client.create({ method: 'direct', file, filename });
    await emulator.settled();
    const newestFirst = takes.toReversed();

    const all = await pages();
    expect(all.map(({ length }) => length)).toEqual([50, 50, 13]);
    expect(all.flat()).toEqual([...newestFirst, 'image.jpg', 'audio.mp3', 'video.mp4']);

    const found = await pages('TAKE');
    expect(found.map(({ length }) => length)).toEqual([50, 5]);
    expect(found.flat()).toEqual(newestFirst.filter((name) => name.startsWith('take')));

    expect(await pages('nothing has this name')).toEqual([[]]);
  });
});

// n8n itself adds "Custom API Call", without an action.
it('every operation is offered with an action of its own', async () => {
  const [type] =
    (await rest.post<
      {
        displayName: string;
        properties: {
          name: string;
          options: { action: string }[];
          displayOptions?: { show?: { resource?: string[] } };
        }[];
      }[]
    >('/rest/node-types', { nodeInfos: [{ name: 'n8n-nodes-twelvelabs.twelveLabs', version: 1 }] })) ?? [];
  expect(type?.displayName).toBe(NODE);
  const operation = type?.properties.find(
    ({ name, displayOptions }) =>
      name === 'operation' && displayOptions?.show?.resource?.includes('asset') === true,
  );
  expect(operation?.options.flatMap(({ action }) => action ?? [])).toEqual([
    'Create an asset',
    'Delete an asset',
    'Get an asset',
    'Get many assets',
    'Update the metadata of an asset',
    'Wait until an asset is ready',
  ]);
});

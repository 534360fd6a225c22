import { readFile } from 'node:fs/promises';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { createEntity, type Entity } from '../../src/index.ts';
import { systemClock } from '../../src/node/index.ts';
import { usePlatform } from '../support/platform.ts';

const platform = usePlatform();
const client = () => platform.account({ clock: systemClock }).client;
const image = async () => (await platform.asset(sampleImage, 'image/jpeg'))._id;
const collectionId = async () => (await client().entityCollections.getOrCreate('balls'))._id;
const COLLECTIONS = '/v1.3/entity-collections';
const ENTITIES = /entity-collections\/[^/]+\/entities$/;

describe('a collection', () => {
  it('is created, read, changed, listed and deleted', async () => {
    const { entityCollections } = client();
    const { _id } = await entityCollections.create({ name: 'balls', description: 'round' });
    expect(await entityCollections.retrieve(_id)).toMatchObject({ name: 'balls', description: 'round' });
    await entityCollections.update(_id, { name: 'cubes' });
    expect((await entityCollections.list({ name: 'cubes' })).data).toMatchObject([{ _id }]);
    const ids: string[] = [];
    for await (const each of entityCollections.listAll()) ids.push(each._id);
    expect(ids).toEqual([_id]);
    await entityCollections.delete(_id);
    expect((await entityCollections.list()).data).toEqual([]);
  });

  it('is found by exactly its name, or created once', async () => {
    await client().entityCollections.create({ name: 'footballs' });
    const made = await Promise.all(
      Array.from({ length: 4 }, () => client().entityCollections.getOrCreate('balls')),
    );
    expect(new Set(made.map(({ _id }) => _id)).size).toBe(1);
    expect(made[0]).toMatchObject({ name: 'balls' });
    expect(platform.arrived('POST', COLLECTIONS)).toBe(2);
  });

  it('whose answer is lost is found by its name', async () => {
    platform.emulator.addFaults([
      { match: { method: 'POST', path: COLLECTIONS }, action: { type: 'reset', at: 'after-stored' } },
    ]);
    const { _id } = await client().entityCollections.getOrCreate('balls');
    expect((await client().entityCollections.list()).data).toMatchObject([{ _id }]);
  });
});

describe('an entity', () => {
  it('is created from images that are still processed, and waited for', async () => {
    const file = new File([await readFile(sampleImage)], 'image.jpg', { type: 'image/jpeg' });
    const { _id: asset_id } = await client().assets.create({ method: 'direct', file });
    const seen: Entity[] = [];
    const entity = await client().entities.create(
      await collectionId(),
      { name: 'ball', asset_ids: [asset_id], metadata: { color: 'red' } },
      { waitUntilReady: { interval: 10 }, onEntity: (each) => seen.push(each) },
    );
    expect(entity).toMatchObject({ name: 'ball', status: 'ready', asset_ids: [asset_id] });
    expect(seen).toMatchObject([{ _id: entity._id }]);
  });

  it('is read, changed, listed and deleted; images are added and removed', async () => {
    const { entities } = client();
    const collection = await collectionId();
    const [one, two] = [await image(), await image()];
    const { _id } = await entities.create(collection, { name: 'ball', asset_ids: [one] });
    await entities.update(collection, _id, { description: 'red' });
    await entities.addAssets(collection, _id, { asset_ids: [two] });
    expect(await entities.waitUntilReady(collection, _id, { interval: 10 })).toMatchObject({
      description: 'red',
      asset_ids: [one, two],
    });
    expect(await entities.removeAssets(collection, _id, { asset_ids: [one] })).toMatchObject({
      asset_ids: [two],
    });
    await expect(entities.removeAssets(collection, _id, { asset_ids: [two] })).rejects.toMatchObject({
      code: 'api',
    });
    expect((await entities.list(collection, { name: 'ball' })).data).toMatchObject([{ _id }]);
    const ids: string[] = [];
    for await (const each of entities.listAll(collection)) ids.push(each._id);
    expect(ids).toEqual([_id]);
    await entities.delete(collection, _id);
    expect((await entities.list(collection)).data).toEqual([]);
  });

  it('that fails, or is processed for too long, carries its id', async () => {
    const { entities } = client();
    const collection = await collectionId();
    const params = { name: 'ball', asset_ids: [await image()] };
    const answer = (body: object, times: number | 'always') =>
      platform.emulator.addFaults([
        {
          match: { method: 'GET', path: '/v1.3/entity-collections/*/entities/*', times },
          action: { type: 'respond', status: 200, body },
        },
      ]);
    const ids: string[] = [];
    const onEntity = ({ _id }: Entity) => ids.push(_id);
    answer({ _id: 'a', status: 'failed', error: { message: 'No face.' } }, 1);
    const failed = await entities
      .create(collection, params, { waitUntilReady: true, onEntity })
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 'resource_failed',
      resource: 'entity',
      id: ids[0],
      reason: 'No face.',
    });
    answer({ _id: 'a', status: 'processing' }, 'always');
    const waiting = entities.create(collection, params, { waitUntilReady: { maxWait: 1 }, onEntity });
    await expect(waiting).rejects.toMatchObject({ code: 'timeout', kind: 'wait', resource: 'entity' });
    expect(new Set(ids).size).toBe(2);
  });

  it('whose answer is lost is found by its name and images, and not created twice', async () => {
    const collection = await collectionId();
    const asset_ids = [await image()];
    const older = await client().entities.create(collection, { name: 'ball', asset_ids: [await image()] });
    platform.emulator.addFaults([
      {
        match: { method: 'POST', path: '/v1.3/entity-collections/*/entities' },
        action: { type: 'reset', at: 'after-stored' },
      },
    ]);
    const entity = await client().entities.create(collection, { name: 'ball', asset_ids });
    expect(entity._id).not.toBe(older._id);
    expect((await client().entities.list(collection)).data).toHaveLength(2);
    expect(platform.arrived('POST', ENTITIES)).toBe(2);
  });

  it('that cannot be found is uncertain, and not sent again', async () => {
    const params = { entity_collection_id: await collectionId(), name: 'ball', asset_ids: [await image()] };
    platform.emulator.addFaults([
      {
        match: { method: 'POST', path: '/v1.3/entity-collections/*/entities' },
        action: { type: 'reset', at: 'after-body' },
      },
    ]);
    const creating = platform.account().client.call(createEntity, params);
    await expect(creating).rejects.toMatchObject({ code: 'uncertain_outcome' });
    expect(platform.arrived('POST', ENTITIES)).toBe(1);
  });
});

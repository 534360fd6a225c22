import { readFile } from 'node:fs/promises';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { beforeAll, describe, expect, it } from 'vitest';
import { CreateLedger, ONCE_METADATA_FIELD } from '../src/index.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform({ chunkSize: 64 * 1024 });
let video: File;
let notMedia: File;
beforeAll(async () => {
  video = new File([await readFile(sampleVideo)], 'video.mp4', { type: 'video/mp4' });
  notMedia = new File(['no video at all'], 'video.mp4', { type: 'video/mp4' });
});
/** A client as another process would have it. */
const process = () => platform.client({ ledger: new CreateLedger() }).client;
const creates = () => platform.arrived('POST', '/v1.3/assets');

describe('create once', () => {
  it('gives a second run, in another process, the asset that exists', async () => {
    const first = await process().create({ method: 'direct', file: video }, { once: 'job 7' });
    const second = await process().create({ method: 'direct', file: video }, { once: 'job 7' });
    expect(second._id).toBe(first._id);
    expect(second.user_metadata).toEqual({ [ONCE_METADATA_FIELD]: 'job 7' });
    expect(creates()).toBe(1);
  });

  it('creates for another key, and beside metadata of the user', async () => {
    const params = { method: 'direct', file: video, user_metadata: { batch: 1 } } as const;
    const first = await process().create(params, { once: 'a' });
    const second = await process().create(params, { once: 'b' });
    expect(second._id).not.toBe(first._id);
    expect(second.user_metadata).toEqual({ batch: 1, [ONCE_METADATA_FIELD]: 'b' });
  });

  it('makes one asset when runs of one process meet', async () => {
    const created = await Promise.all(
      Array.from({ length: 5 }, () =>
        platform.client().client.create({ method: 'direct', file: video }, { once: 'k' }),
      ),
    );
    expect(new Set(created.map(({ _id }) => _id)).size).toBe(1);
    expect(creates()).toBe(1);
  });

  it('does not count an asset that failed', async () => {
    const failed = await process().create({ method: 'direct', file: notMedia }, { once: 'k' });
    await platform.emulator.settled();
    const again = await process().create({ method: 'direct', file: video }, { once: 'k' });
    expect(again._id).not.toBe(failed._id);
  });

  it('works for a URL, whose name the platform chooses', async () => {
    const params = { method: 'url', url: `${platform.emulator.url}/samples/video.mp4` } as const;
    const first = await process().create(params, { once: 'u' });
    expect((await process().create(params, { once: 'u' }))._id).toBe(first._id);
  });

  it('works for a multipart upload', async () => {
    const run = () => process().create({ method: 'direct', file: video }, { once: 'm', upload: 'multipart' });
    const first = await run();
    expect(first.user_metadata).toEqual({ [ONCE_METADATA_FIELD]: 'm' });
    expect((await run())._id).toBe(first._id);
  });

  it('finds its own asset by its key after a lost answer, whatever else was created meanwhile', async () => {
    platform.emulator.addFaults([
      { match: { method: 'POST', path: '/v1.3/assets' }, action: { type: 'reset', at: 'after-stored' } },
    ]);
    const [mine, other] = await Promise.all([
      process().create({ method: 'direct', file: video }, { once: 'mine' }),
      process().create({ method: 'direct', file: video }, { once: 'other' }),
    ]);
    expect(mine.user_metadata).toEqual({ [ONCE_METADATA_FIELD]: 'mine' });
    expect(other.user_metadata).toEqual({ [ONCE_METADATA_FIELD]: 'other' });
    expect(await platform.assets()).toHaveLength(2);
  });

  it.each(['create_once_key', 'create_once_upload'])(
    'lets nobody plant %s: not in metadata of a create, an update or a replacement',
    async (name) => {
      const client = process();
      const { _id } = await client.create({ method: 'direct', file: video });
      const user_metadata = { [name]: 'order-42' };
      const calls = [
        () => client.create({ method: 'direct', file: video, user_metadata }),
        () => client.create({ method: 'direct', file: video, user_metadata }, { once: 'order-42' }),
        () => client.create({ method: 'direct', file: video, user_metadata }, { upload: 'multipart' }),
        () => client.updateUserMetadata(_id, user_metadata),
        () => client.replaceUserMetadata(_id, user_metadata),
      ];
      for (const call of calls)
        await expect(call()).rejects.toMatchObject({
          issues: [{ field: `user_metadata.${name}`, rule: 'reserved' }],
        });
      await client.updateUserMetadata(_id, { [name]: null });
      const asset = await client.create({ method: 'direct', file: video }, { once: 'order-42' });
      expect(asset._id).not.toBe(_id);
      expect(creates()).toBe(2);
    },
  );
});

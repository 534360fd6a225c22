import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it, vi } from 'vitest';
import { CreateLedger, type CreateOptions, type FileSource } from '../src/index.ts';
import { fileFromBuffer } from '../src/node/index.ts';
import { usePlatform } from './support/platform.ts';

const CHUNK = 64 * 1024;
const CHUNKS = 8;
const platform = usePlatform({ chunkSize: CHUNK });

const fileOf = (bytes: Buffer): FileSource => fileFromBuffer(bytes, { name: 'clip.mp4', type: 'video/mp4' });
const bytes = randomBytes(CHUNK * CHUNKS);
const file = fileOf(bytes);
const puts = () => platform.emulator.requests().filter(({ method }) => method === 'PUT').length;

/** A run in another process, or on another machine: it shares nothing with this one. */
const run = (source: FileSource, options: CreateOptions = {}) =>
  platform
    .client({ ledger: new CreateLedger() })
    .client.create({ method: 'direct', file: source }, { once: 'job', upload: 'multipart', ...options });

/** A run that ends in the middle, as a kill would end it. */
async function interrupted(chunks = 3): Promise<string> {
  const cancel = new AbortController();
  let assetId = '';
  const action = { type: 'stall', while: 'reading' } as const;
  platform.emulator.addFaults([{ match: { method: 'PUT', nth: chunks + 1 }, action }]);
  const before = puts();
  const created = run(file, {
    concurrency: 1,
    signal: cancel.signal,
    onSession: ({ asset_id }) => {
      assetId = asset_id;
    },
  });
  const failed = expect(created).rejects.toMatchObject({ code: 'aborted' });
  await vi.waitFor(() => expect(puts() - before).toBe(chunks + 1), { timeout: 20_000 });
  cancel.abort();
  await failed;
  return assetId;
}

describe('an interrupted upload with a create-once key', () => {
  it('is continued by the next run, which sends only what is missing', async () => {
    const assetId = await interrupted();
    const before = puts();
    expect((await run(file))._id).toBe(assetId);
    expect(puts() - before).toBe(CHUNKS - 3);
    expect(await platform.assets()).toEqual([assetId]);
  });

  it('is continued when the platform took no metadata for it', async () => {
    const match = { method: 'PATCH', times: 'always' } as const;
    platform.emulator.addFaults([{ match, action: { type: 'respond', status: 404, body: { code: 'no' } } }]);
    const assetId = await interrupted();
    const before = puts();
    expect((await run(file))._id).toBe(assetId);
    expect(puts() - before).toBe(CHUNKS - 3);
  });

  it('starts over for a different file', async () => {
    const assetId = await interrupted();
    const other = await run(fileOf(randomBytes(CHUNK * CHUNKS)));
    expect(other._id).not.toBe(assetId);
  });

  it('starts over when its session has expired', async () => {
    const assetId = await interrupted();
    const answer = { upload_id: 'x', status: 'expired', uploaded_chunks: [] };
    platform.emulator.addFaults([
      {
        match: { method: 'GET', path: '/v1.3/assets/multipart-uploads/*', times: 2 },
        action: { type: 'respond', status: 200, body: answer },
      },
    ]);
    expect((await run(file))._id).not.toBe(assetId);
  });

  it('is found by a third run once it is complete', async () => {
    const assetId = await interrupted();
    await run(file);
    const before = puts();
    expect(await run(file)).toMatchObject({ _id: assetId, user_metadata: { create_once_key: 'job' } });
    expect(puts()).toBe(before);
  });
});

it('two runs at the same time end in the same asset', async () => {
  const created = await Promise.all([run(file), run(file)]);
  expect(new Set(created.map(({ _id }) => _id)).size).toBe(1);
  expect(await platform.assets()).toEqual([created[0]._id]);
});

it('a key finds its asset under another name', async () => {
  const video = fileOf(await readFile(sampleVideo));
  const direct = { upload: 'direct' } as const;
  const first = await run({ ...video, name: 'tmp-1f3a.mp4' }, direct);
  expect((await run({ ...video, name: 'tmp-9c2b.mp4' }, direct))._id).toBe(first._id);
});

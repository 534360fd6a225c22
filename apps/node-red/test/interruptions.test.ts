import { describe, expect, test } from 'vitest';
import { afterKill, type Interruption, throughOutage, WORKERS } from '../src/drive/interruptions.ts';

// The same in large, for `node bench/interruptions.ts`: 1 GiB and a minute.

const MiB = 1024 ** 2;

describe.each([5, 4] as const)('Node-RED %i', (version) => {
  const upload: Interruption = { size: 24 * MiB, chunkSize: MiB, sentBefore: 9, version };

  test('an upload outlasts an outage; the status says why it waits, and since when', async () => {
    const { asset, assets, after, chunks, before, statuses } = await throughOutage(2000, upload);
    expect(asset.size).toBe(upload.size);
    expect(assets).toBe(1);
    expect(after).toBeLessThanOrEqual(chunks - before + WORKERS);
    expect(statuses).toContainEqual(expect.stringMatching(/ · retrying since \d\d:\d\d/));
  });

  test('after kill -9, the same create-once key sends what is missing', async () => {
    const { asset, assets, after, chunks, before, log } = await afterKill(upload);
    expect(asset.size).toBe(upload.size);
    expect(assets).toBe(1);
    expect(after).toBeLessThanOrEqual(chunks - before + WORKERS);
    expect(log).toMatch(/Resumed an upload at \S+ MiB of 24 MiB\./);
    expect(log).toContain(`Created or found asset ${asset._id} (large.mp4).`);
  });
});

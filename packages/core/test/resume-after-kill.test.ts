import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { expect, it, vi } from 'vitest';
import type { UploadSession } from '../src/index.ts';
import { fileFromPath } from '../src/node/index.ts';
import { usePlatform } from './support/platform.ts';

const platform = usePlatform({ chunkSize: 8 * 1024 });
const script = fileURLToPath(new URL('support/upload-process.ts', import.meta.url));

const puts = () => platform.emulator.requests().filter(({ method }) => method === 'PUT').length;

/** Uploads in a process of its own that is killed while it sends the 13th of 23 chunks. @returns its session */
async function killedUpload(...key: string[]): Promise<string> {
  const { emulator } = platform;
  emulator.addFaults([{ match: { method: 'PUT', nth: 13 }, action: { type: 'stall', while: 'reading' } }]);
  const child = spawn(process.execPath, [script, emulator.baseUrl, emulator.apiKey, sampleVideo, ...key]);
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    await vi.waitFor(() => expect(puts()).toBe(13), { timeout: 20_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    return line;
  } finally {
    child.kill('SIGKILL');
  }
}

it('an upload continues from its session after the process was killed', async () => {
  const { emulator } = platform;
  const resume = JSON.parse(await killedUpload()) as UploadSession;
  const file = await fileFromPath(sampleVideo);
  const asset = await platform.client().client.create({ method: 'direct', file }, { resume });
  await emulator.settled();
  expect(await platform.client().client.retrieve(asset._id)).toMatchObject({
    status: 'ready',
    size: file.size,
  });
  expect(await platform.assets()).toEqual([resume.asset_id]);
  // 23 chunks, of which 12 were reported before the kill.
  expect(puts() - 13).toBe(23 - 12);
});

it('an upload with a create-once key continues without anything but the key', async () => {
  const { asset_id } = JSON.parse(await killedUpload('order 4711')) as UploadSession;
  const file = await fileFromPath(sampleVideo);
  const resumed: unknown[] = [];
  const asset = await platform
    .client()
    .client.create(
      { method: 'direct', file: { ...file, name: 'renamed.mp4' } },
      { once: 'order 4711', onResume: (progress) => resumed.push(progress) },
    );
  expect(asset._id).toBe(asset_id);
  expect(asset.user_metadata).toEqual({ create_once_key: 'order 4711' });
  expect(await platform.assets()).toEqual([asset_id]);
  expect(puts() - 13).toBe(23 - 12);
  expect(resumed).toEqual([{ sent: 12 * 8 * 1024, total: file.size }]);
});

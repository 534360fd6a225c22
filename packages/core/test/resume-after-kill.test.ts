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

it('goes on after the process was killed in mid-upload', async () => {
  const { emulator } = platform;
  const puts = () => emulator.requests().filter(({ method }) => method === 'PUT').length;
  emulator.addFaults([{ match: { method: 'PUT', nth: 13 }, action: { type: 'stall', while: 'reading' } }]);

  const child = spawn(process.execPath, [script, emulator.baseUrl, emulator.apiKey, sampleVideo]);
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    await vi.waitFor(() => expect(puts()).toBe(13), { timeout: 20_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');

    const resume = JSON.parse(line) as UploadSession;
    const file = await fileFromPath(sampleVideo);
    const asset = await platform.client().client.create({ method: 'direct', file }, { resume });
    await emulator.settled();
    expect(await platform.client().client.retrieve(asset._id)).toMatchObject({
      status: 'ready',
      size: file.size,
    });
    expect(await platform.assets()).toEqual([resume.asset_id]);
    // 23 chunks; eight were reported before the kill, four sent but not yet reported.
    expect(puts() - 13).toBe(23 - 8);
  } finally {
    child.kill('SIGKILL');
  }
});

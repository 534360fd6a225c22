import { readFile } from 'node:fs/promises';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { createNodeAssetsClient, fileFromBuffer, fileFromPath } from '../../src/node/index.ts';
import { signalled } from '../support/signalled.ts';
import { thrownBy } from '../support/thrown.ts';

afterEach(() => vi.unstubAllEnvs());

describe('createNodeAssetsClient', () => {
  it('creates assets, from a path and from memory', async () => {
    await using emulator = await startEmulator();
    await using client = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
    const file = await fileFromPath(sampleVideo);
    const asset = await client.create({ method: 'direct', file }, { waitUntilReady: true });
    expect(asset).toMatchObject({
      status: 'ready',
      filename: 'video.mp4',
      file_type: 'video/mp4',
      size: file.size,
    });
    const wav = fileFromBuffer(silence(), { name: 'silence.wav' });
    const audio = await client.create({ method: 'direct', file: wav }, { waitUntilReady: true });
    expect(audio).toMatchObject({ status: 'ready', filename: 'silence.wav', size: wav.size });
  });

  it('takes key and base URL from the variables of the official SDK', async () => {
    await using emulator = await startEmulator({ apiKeys: ['tlk_from_env'] });
    vi.stubEnv('TWELVE_LABS_API_KEY', 'tlk_from_env');
    vi.stubEnv('TWELVELABS_BASE_URL', emulator.baseUrl);
    await using client = createNodeAssetsClient();
    expect((await client.list()).data).toEqual([]);
    await using other = createNodeAssetsClient({ apiKey: 'tlk_given' });
    await expect(other.list({}, { retry: { maxAttempts: 1 } })).rejects.toMatchObject({
      code: 'authentication',
    });
  });

  it.each([
    ['no key', {}, /apiKey: is required/],
    ['a base URL in clear', { apiKey: 'tlk_secret', baseUrl: 'http://example.com' }, /baseUrl: .*https/],
    ['a proxy that is none', { apiKey: 'tlk_secret', proxy: 'socks5://x' }, /proxy: /],
  ])('refuses %s at once, without showing the key', (_, options, message) => {
    vi.stubEnv('TWELVE_LABS_API_KEY', '');
    vi.stubEnv('TWELVELABS_BASE_URL', '');
    const error = thrownBy(() => createNodeAssetsClient(options));
    expect(error).toMatchObject({ code: 'validation', message: expect.stringMatching(message) });
    expect(JSON.stringify(error)).not.toContain('tlk_secret');
  });
});

it('makes many calls at once without a warning: Node.js 22 counts the listeners of a signal', async () => {
  await using emulator = await startEmulator();
  await using client = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
  const warned = vi.spyOn(process, 'emitWarning');
  await Promise.all(Array.from({ length: 30 }, () => client.list()));
  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

describe('close', () => {
  it('ends an upload for good: it is not tried again', async () => {
    await using emulator = await startEmulator();
    emulator.addFaults([
      { match: { method: 'POST' }, action: { type: 'stall', while: 'reading', afterBytes: 1_000 } },
    ]);
    const client = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
    const sending = signalled();
    const running = client.create(
      { method: 'direct', file: await fileFromPath(sampleVideo) },
      { onProgress: () => sending.resolve() },
    );
    const failed = expect(running).rejects.toMatchObject({ code: 'aborted' });
    await sending.promise;
    await client.close();
    await failed;
    await using other = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
    expect((await other.list()).data).toEqual([]);
  });

  it.each([0, 250_000])('ends a call whose source stalls after %i bytes', async (bytes) => {
    await using emulator = await startEmulator();
    const client = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
    const stalled = signalled();
    const file = {
      name: 'a.mp4',
      size: 20_000_000,
      async *stream() {
        if (bytes > 0) yield Buffer.alloc(bytes, await readFile(sampleVideo));
        stalled.resolve();
        await new Promise(() => {});
      },
    };
    const running = client.create({ method: 'direct', file }, { upload: 'multipart' });
    const failed = expect(running).rejects.toMatchObject({ code: 'aborted' });
    await stalled.promise;
    await client.close();
    await failed;
  });

  it('ends a call that waits for its next attempt, and refuses later ones', async () => {
    await using emulator = await startEmulator();
    emulator.addFaults([{ match: { method: 'GET' }, action: { type: 'respond', status: 503 } }]);
    const client = createNodeAssetsClient({ apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
    const waiting = signalled();
    const retry = { baseDelay: 3_600_000, maxDelay: 3_600_000, maxElapsed: 7_200_000 };
    const running = client.list({}, { retry, onRetry: () => waiting.resolve() });
    const failed = expect(running).rejects.toMatchObject({ code: 'aborted' });
    await waiting.promise;
    await client.close();
    await failed;
    await expect(client.list()).rejects.toMatchObject({ code: 'aborted' });
  });
});

/** Half a second of 8 kHz mono PCM. */
function silence(): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + 8000, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(8000, 40);
  return Buffer.concat([header, Buffer.alloc(8000)]);
}

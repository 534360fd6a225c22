import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { largeFile, OUTAGE_SECONDS, UPLOAD_MIB } from './support/large-file.ts';
import { networkTo } from './support/network.ts';
import { setUp, shared } from './support/run.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const MiB = 1024 ** 2;
const WORKERS = 2;
const { emulator, run, rest } = await setUp({ chunkSize: MiB });
const file = await largeFile(UPLOAD_MIB);

it(
  'an upload survives an outage, and the log says since when and why',
  async () => {
    await using network = await networkTo(emulator.port);
    const baseUrl = `http://127.0.0.1:${network.port}/v1.3`;
    const credential = await saveCredential(rest, { apiKey: MARKER_KEY, baseUrl });
    const parameters = {
      waitUntilReady: true,
      advancedOptions: { upload: 'multipart', chunkConcurrency: WORKERS },
    };
    const timeout = (OUTAGE_SECONDS + UPLOAD_MIB + 120) * 1_000;
    const running = run(parameters, [{ path: file }], { credential, timeout });
    const sent = () => emulator.requests().filter(({ method, status }) => method === 'PUT' && status === 200);
    await vi.waitFor(() => expect(sent().length).toBeGreaterThan(8), { timeout });
    await network.cut();
    const before = sent().length;
    await delay(OUTAGE_SECONDS * 1_000);
    // The platform may still have finished those that had arrived.
    expect(sent().length).toBeLessThanOrEqual(before + WORKERS);
    await network.mend();
    const { json, error } = await running;
    expect(error).toBeUndefined();
    expect(json).toMatchObject([{ status: 'ready', size: UPLOAD_MIB * MiB }]);
    // Each worker had one chunk under way.
    expect(sent().length).toBeLessThanOrEqual(UPLOAD_MIB + WORKERS);
    expect(await readFile(shared().logFile, 'utf8')).toMatch(
      /TwelveLabs, item 0: no success since [\d:]{8} UTC \(.*(ECONNREFUSED|ECONNRESET|EPIPE|closed).*\): attempt/,
    );
  },
  (OUTAGE_SECONDS + 2 * UPLOAD_MIB + 120) * 1_000,
);

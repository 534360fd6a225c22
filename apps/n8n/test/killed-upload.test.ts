import { readFile } from 'node:fs/promises';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { afterAll, expect, it, vi } from 'vitest';
import { saveCredential } from '../src/credential.ts';
import { executeWorkflow, saveWorkflow, startWorkflow } from '../src/execute.ts';
import { createHome } from '../src/home.ts';
import { startN8n } from '../src/server.ts';
import { chain, NODE_TYPE, readFileNode } from '../src/workflow.ts';
import { largeFile, UPLOAD_MIB } from './support/large-file.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const MiB = 1024 ** 2;
const WORKERS = 2;
const SENT_BEFORE = Math.floor(UPLOAD_MIB / 3);
const LIMIT = (UPLOAD_MIB + 120) * 1_000;

const emulator = await startEmulator({ apiKeys: [MARKER_KEY], chunkSize: MiB, processingMs: 20 });
const home = await createHome({ filesDir: '/' });
afterAll(async () => {
  await emulator.close();
  await home.remove();
});
const file = await largeFile(UPLOAD_MIB);
const chunks = () => emulator.requests().filter(({ method }) => method === 'PUT');

it(
  'after kill -9, a run with the same create-once key sends only what is missing',
  async () => {
    emulator.addFaults([
      {
        match: { method: 'PUT', path: '/storage/*', nth: SENT_BEFORE + 1, times: WORKERS },
        action: { type: 'stall', while: 'reading', afterBytes: 100 },
      },
    ]);
    let n8n = await startN8n({ home });
    try {
      const credential = await saveCredential(n8n.rest, { apiKey: MARKER_KEY, baseUrl: emulator.baseUrl });
      const parameters = {
        waitUntilReady: true,
        options: { once: 'job 1' },
        advancedOptions: { upload: 'multipart', chunkConcurrency: WORKERS },
      };
      const workflow = chain(
        'Killed',
        [{ path: file }],
        [readFileNode(), { name: 'TwelveLabs', type: NODE_TYPE, parameters, credential }],
      );
      await startWorkflow(n8n.rest, await saveWorkflow(n8n.rest, workflow));
      // Each worker is in the middle of a chunk, and all before them are stored.
      const stalled = () => chunks().filter(({ fault }) => fault !== null);
      await vi.waitFor(() => expect(stalled()).toHaveLength(WORKERS), { timeout: LIMIT, interval: 20 });
      n8n.process.child.kill('SIGKILL');
      await n8n.stop();

      n8n = await startN8n({ home });
      const before = chunks().length;
      const { nodes } = await executeWorkflow(n8n.rest, workflow, LIMIT);
      expect(nodes.TwelveLabs?.outputs[0]).toMatchObject([
        { json: { status: 'ready', size: UPLOAD_MIB * MiB } },
      ]);
      // Each worker had one chunk under way.
      expect(chunks().length - before).toBeLessThanOrEqual(UPLOAD_MIB - SENT_BEFORE + WORKERS);
      expect(await readFile(n8n.process.logFile, 'utf8')).toMatch(/upload resumed at .+ of /);
    } finally {
      await n8n.stop();
    }
  },
  3 * LIMIT,
);

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, afterEach, expect, it } from 'vitest';
import { startContractDriver } from '../src/contract-driver.ts';
import { saveCredential } from '../src/credential.ts';
import { executeWorkflow } from '../src/execute.ts';
import { chain, NODE_TYPE, readFileNode } from '../src/workflow.ts';

const emulator = await startEmulator();
const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-modes-'));
// No multiple of 3 (base64) nor of any chunk size, and several chunks long.
const file = path.join(dir, 'odd-size.mp4');
await writeFile(file, await readFile(sampleVideo));
await truncate(file, 5 * 1024 ** 2 + 7);
const sha256 = createHash('sha256')
  .update(await readFile(file))
  .digest('hex');

afterEach(() => emulator.reset());
afterAll(async () => {
  await emulator.close();
  await rm(dir, { recursive: true });
});

/** Where each way puts a file, as n8n says it in the id that it gives the item; in memory, the item has none. */
const PLACES = { default: /^undefined$/, filesystem: /^filesystem/, database: /^database:/ };

it.each(['default', 'filesystem', 'database'] as const)(
  'n8n keeping files in "%s": whole and in the right order, also as chunks and again after a failure',
  async (binaryMode) => {
    await using driver = await startContractDriver(emulator, { binaryMode });
    const read = await executeWorkflow(driver.n8n.rest, chain('Read', [{ path: file }], [readFileNode()]));
    const kept = read.nodes['Read file']?.outputs[0]?.[0]?.binary?.data;
    expect(String(kept?.id)).toMatch(PLACES[binaryMode]);

    emulator.addFaults([
      { match: { method: 'POST' }, action: { type: 'reset', at: 'during-body', afterBytes: 3_000_000 } },
    ]);
    const direct = await driver.create({ method: 'direct', file: { path: file } });
    expect(direct.error).toBeUndefined();
    const form = emulator.requests().findLast(({ status }) => status === 201)?.form;
    expect(form?.find(({ name }) => name === 'file')).toMatchObject({ sha256, size: 5 * 1024 ** 2 + 7 });

    const multipart = await driver.create(
      { method: 'direct', file: { path: file } },
      { upload: 'multipart', waitUntilReady: true },
    );
    expect(multipart.error).toBeUndefined();
    expect(multipart.asset).toMatchObject({ method: 'multipart', status: 'ready', size: 5 * 1024 ** 2 + 7 });

    const credential = await saveCredential(driver.n8n.rest, emulator);
    const parameters = { resource: 'analysis', operation: 'analyze' };
    const node = { name: 'Ask', type: NODE_TYPE, credential, parameters };
    const asked = await executeWorkflow(
      driver.n8n.rest,
      chain('Ask', [{ path: file }], [readFileNode(), node]),
    );
    expect(asked.error).toBeUndefined();
    expect(asked.nodes.Ask?.outputs[0]).toMatchObject([{ json: { answer: expect.stringMatching(/./) } }]);
    const sent = emulator
      .requests()
      .findLast(({ method, path }) => method === 'POST' && path === '/v1.3/assets');
    expect(sent?.form?.find(({ name }) => name === 'file')).toMatchObject({ sha256 });
  },
);

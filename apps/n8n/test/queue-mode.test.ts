import { readFile } from 'node:fs/promises';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { samplesDir, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type StoredCredential, saveCredential } from '../src/credential.ts';
import { saveWorkflow, startWorkflow, untilOver } from '../src/execute.ts';
import { type QueueMode, startQueueMode } from '../src/queue-mode.ts';
import { dumpPostgres, dumpRedis, flushPostgres, lacksServices } from '../src/services.ts';
import { chain, NODE_TYPE, readFileNode } from '../src/workflow.ts';
import { filesWith, MARKER_KEY } from './support/shared-n8n.ts';

const emulator = await startEmulator({ apiKeys: [MARKER_KEY] });
let queue: QueueMode;
let credential: StoredCredential;

describe.skipIf(lacksServices)('queue mode (needs redis-server and PostgreSQL)', () => {
  beforeAll(async () => {
    queue = await startQueueMode({
      filesDir: samplesDir,
      // So that a dead worker is noticed in seconds, not in minutes.
      env: {
        QUEUE_WORKER_LOCK_DURATION: '4000',
        QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
        QUEUE_WORKER_STALLED_INTERVAL: '2000',
      },
    });
    credential = await saveCredential(queue.main.rest, { apiKey: MARKER_KEY, baseUrl: emulator.baseUrl });
  });
  beforeEach(() => emulator.reset());
  afterAll(async () => {
    await queue?.stop();
    await emulator.close();
  });

  const createNode = (options: object) => ({
    name: 'TwelveLabs',
    type: NODE_TYPE,
    credential,
    parameters: { options },
  });
  const workflow = (options: object, items: object[]) =>
    chain('Queued', items, [readFileNode(), createNode(options)]);
  const assets = async () => {
    const answer = await fetch(`${emulator.baseUrl}/assets?page_limit=50`, {
      headers: { 'x-api-key': MARKER_KEY },
    });
    return ((await answer.json()) as { data: { _id: string; filename: string }[] }).data;
  };
  const workerOf = async (executionId: string) => {
    for (const worker of queue.workers) {
      const log = await readFile(worker.logFile, 'utf8');
      if (new RegExp(`started execution ${executionId}\\b`).test(log)) return worker;
    }
    throw new Error(`No worker started execution ${executionId}`);
  };

  it('40 executions are spread over the workers, and each makes one asset', async () => {
    const { rest } = queue.main;
    const id = await saveWorkflow(
      rest,
      workflow({ filename: '={{ $execution.id }}.mp4' }, [{ path: sampleVideo }]),
    );
    const started = await Promise.all(Array.from({ length: 40 }, () => startWorkflow(rest, id)));
    for (const executionId of started) expect((await untilOver(rest, executionId)).status).toBe('success');
    expect((await assets()).map(({ filename }) => filename).sort()).toEqual(
      started.map((one) => `${one}.mp4`).sort(),
    );
    const counts = queue.workers.map((worker) => worker.output().match(/finished execution/g)?.length ?? 0);
    expect(counts.every((count) => count > 0)).toBe(true);
    expect(counts.reduce((one, other) => one + other)).toBe(40);
  });

  it('a worker that tries a node again creates nothing twice', async () => {
    const { rest } = queue.main;
    const body = { code: 'parameter_invalid', message: 'not this time' };
    emulator.addFaults([
      { match: { method: 'POST', path: '/v1.3/analyze' }, action: { type: 'respond', status: 400, body } },
    ]);
    const node = {
      ...createNode({}),
      parameters: { resource: 'analysis', operation: 'analyze' },
      settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
    };
    const id = await saveWorkflow(
      rest,
      chain('Tried again', [{ path: sampleVideo }], [readFileNode(), node]),
    );
    const { status, nodes } = await untilOver(rest, await startWorkflow(rest, id));
    expect(status).toBe('success');
    const [asset, ...others] = await assets();
    expect(others).toEqual([]);
    expect(nodes.TwelveLabs?.outputs[0]).toMatchObject([
      { json: { answer: expect.stringMatching(/./), asset_id: asset?._id } },
    ]);
  });

  describe.each([
    ['in mid-upload', 'reading', 0],
    ['after the platform had stored the file', 'answering', 1],
  ] as const)('a worker that is killed %s', (_, phase, stored) => {
    it('leaves no second asset, and running again with create once ends in exactly one', async () => {
      const { rest } = queue.main;
      const id = await saveWorkflow(
        rest,
        workflow({ once: `job-${phase}`, waitUntilReady: true }, [{ path: sampleVideo }]),
      );
      emulator.addFaults([
        { match: { method: 'POST', path: '/v1.3/assets' }, action: { type: 'stall', while: phase } },
      ]);
      const executionId = await startWorkflow(rest, id);
      const sent = () => emulator.requests().filter(({ method }) => method === 'POST').length;
      await vi.waitFor(() => expect(sent()).toBe(1), { timeout: 30_000 });
      if (stored) await vi.waitFor(async () => expect(await assets()).toHaveLength(1), { timeout: 30_000 });
      const worker = await workerOf(executionId);
      worker.child.kill('SIGKILL');
      await worker.ended;
      queue.workers.splice(queue.workers.indexOf(worker), 1);

      const { status } = await untilOver(rest, executionId);
      expect(['error', 'crashed']).toContain(status);
      expect(await assets()).toHaveLength(stored);

      await queue.addWorker();
      const again = await untilOver(rest, await startWorkflow(rest, id));
      expect(again.status).toBe('success');
      const made = again.nodes.TwelveLabs?.outputs[0]?.[0]?.json;
      expect((await assets()).map(({ _id }) => _id)).toEqual([made?._id]);
      expect(sent()).toBe(2 - stored);
    });
  });

  describe('the key', () => {
    it('is in no file that main or workers wrote', async () => {
      expect(await filesWith(queue.home.dir, MARKER_KEY)).toEqual([]);
    });

    // PostgreSQL compresses long values in its files: its tables are searched as text, and its files for what tables do not show.
    it('is in no table of PostgreSQL, and in none of its files', async () => {
      const dump = await dumpPostgres(queue.postgres);
      // That it is all there: the executions with what nodes put out, and the credential, encrypted.
      expect(dump).toMatch(/INSERT INTO public.execution_data VALUES .*video\.mp4/);
      expect(dump).toMatch(/INSERT INTO public.credentials_entity VALUES .*twelveLabsApi/);
      expect(dump).not.toContain(MARKER_KEY);
      await flushPostgres(queue.postgres);
      expect(await filesWith(queue.postgres.dir, MARKER_KEY)).toEqual([]);
    });

    it('is nowhere in Redis', async () => {
      const file = await dumpRedis(queue.redis);
      expect(await readFile(file, 'latin1')).toContain('bull:jobs');
      expect(await filesWith(queue.redis.dir, MARKER_KEY)).toEqual([]);
    });
  });
});

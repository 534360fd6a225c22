import { createTwelveLabsClient, fileFromPath } from '@twelvelabs-nodes/core/node';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { within } from '../deadline.ts';
import { messageProblems } from '../hostile/plain.ts';
import type { Library, ProvenCall } from './calls.ts';
import { CALLS } from './calls.ts';
import { CALL_FAULTS, type CallFault } from './faults.ts';
import type { CallRunner } from './runners.ts';

export interface CallResult {
  readonly fault: string;
  readonly call: string;
  readonly runner: CallRunner['name'];
  readonly ends: string;
  /** Milliseconds. */
  readonly took: number;
  /** What is not as it was written down; empty when all is. */
  readonly wrong: readonly string[];
}

/** The longest that a call may take, in milliseconds. */
const TIME_LIMIT = 60_000;

/** Makes one call under one fault. @returns `undefined` where the runner cannot make it */
async function runOne(
  call: ProvenCall,
  fault: CallFault,
  runner: CallRunner,
  emulator: Emulator,
): Promise<CallResult | undefined> {
  await emulator.reset();
  const library = await stock(emulator);
  if (fault.action) emulator.addFaults([{ match: call.request, action: fault.action }]);
  const from = emulator.requests().length;
  const options = fault.idleTimeout === undefined ? {} : { idleTimeout: fault.idleTimeout };
  const { baseUrl, apiKey } = emulator;
  const running = runner.run(call, library, { baseUrl, apiKey }, options);
  if (!running) return undefined;
  const started = performance.now();
  const name = `${call.name} × ${fault.name} × ${runner.name}`;
  const { ends, message = '' } = await within(TIME_LIMIT, name, running).catch((error: Error) => ({
    ends: 'no end',
    message: error.message,
  }));
  const took = Math.round(performance.now() - started);
  const expected = call.differs?.[fault.name] ?? fault.ends[call.repeat];
  const wrong = messageProblems(message, apiKey);
  if (ends !== expected) wrong.push(`ends as ${ends} and not as ${expected}: ${message}`);
  const sent = emulator
    .requests()
    .slice(from)
    .filter(({ method, path }) => method === call.request.method && matches(path, call.request.path));
  if (fault.action && !sent.some((request) => request.fault !== null)) wrong.push('the fault was not met');
  // What may cost something arrives once, but for what was refused by a limit, or under one key.
  const counted = sent.filter(({ status }) => status !== 429);
  const keys = new Set(counted.map(({ headers }) => headers['idempotency-key']));
  const isOnce = call.repeat === 'keyed' ? keys.size === 1 && !keys.has(undefined) : counted.length === 1;
  if (!isOnce) wrong.push(`sent ${counted.length} times under ${keys.size} keys`);
  return { fault: fault.name, call: call.name, runner: runner.name, ends, took, wrong };
}

const matches = (path: string, pattern: string) =>
  new RegExp(`^${pattern.replaceAll('*', '[^/]+')}$`).test(path);

/** A video, an image, and an index that contains another video. */
async function stock({ baseUrl, apiKey }: Emulator): Promise<Library> {
  await using client = createTwelveLabsClient({ baseUrl, apiKey, proxy: '' });
  const create = async (path: string) => {
    const params = { method: 'direct', file: await fileFromPath(path) } as const;
    return client.assets.create(params, { waitUntilReady: { interval: 10 } });
  };
  const [video, other, image] = await Promise.all([sampleVideo, sampleVideo, sampleImage].map(create));
  const { _id: index_id } = await client.indexes.create({ index_name: 'library' });
  const asset_id = String(other?._id);
  await client.indexedAssets.create(index_id, { asset_id }, { waitUntilReady: { interval: 10 } });
  return { asset_id: String(video?._id), image_id: String(image?._id), index_id };
}

export interface CallsOptions {
  readonly key: string;
  /** Platforms of each runner. */
  readonly atOnce?: number;
  readonly faults?: readonly CallFault[];
  readonly onResult?: (result: CallResult) => void;
}

/** Makes every call under every fault by every runner; the runners at once. */
export async function runCalls(
  runners: readonly CallRunner[],
  { key, atOnce = 4, faults = CALL_FAULTS, onResult }: CallsOptions,
): Promise<CallResult[]> {
  const results: CallResult[] = [];
  const worker = async (runner: CallRunner, todo: Iterable<readonly [ProvenCall, CallFault]>) => {
    await using emulator = await startEmulator({ apiKeys: [key], ffmpeg: false, processingMs: 20 });
    for (const [call, fault] of todo) {
      const result = await runOne(call, fault, runner, emulator);
      if (!result) continue;
      results.push(result);
      onResult?.(result);
    }
  };
  const all = runners.flatMap((runner) => {
    const todo = CALLS.flatMap((call) => faults.map((fault) => [call, fault] as const)).values();
    return Array.from({ length: atOnce }, () => worker(runner, todo));
  });
  await Promise.all(all);
  return results;
}

/** A row for each call, a column for each fault. */
export function tableOfCalls(results: readonly CallResult[]): string {
  const faults = CALL_FAULTS.map(({ name }) => name).filter((name) =>
    results.some(({ fault }) => fault === name),
  );
  const rows = CALLS.map(({ name }) => {
    const cells = faults.map((fault) => {
      const found = results.filter((result) => result.call === name && result.fault === fault);
      const wrong = found.filter((result) => result.wrong.length > 0);
      if (wrong.length > 0)
        return wrong.map((one) => `**${one.runner}: ${one.wrong.join(', ')}**`).join('; ');
      return [...new Set(found.map(({ ends }) => (ends === 'done' ? ends : `\`${ends}\``)))].join(', ');
    });
    const who = [...new Set(results.filter(({ call }) => call === name).map(({ runner }) => runner))].sort();
    return `| ${[name, who.join(', '), ...cells].join(' | ')} |`;
  });
  return [
    `| call | by | ${faults.join(' | ')} |`,
    `|---|---|${faults.map(() => '---|').join('')}`,
    ...rows,
  ].join('\n');
}

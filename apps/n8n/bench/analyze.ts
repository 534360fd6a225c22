/**
 * A question about a large file, in fresh `n8n execute` runs: this
 * package's node, n8n's Google Gemini node (against a stand-in that only drains the upload), and a run that only reads
 * the file.
 */
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { commandLine, count, onOff } from '@twelvelabs-nodes/emulator/command-line';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { importCredential, importWorkflow, readRawOutput } from '../src/command-line.ts';
import { createHome } from '../src/home.ts';
import { spawnN8n } from '../src/process.ts';
import { chain, NODE_TYPE, type NodeSketch, readFileNode } from '../src/workflow.ts';
import { startGeminiStandIn } from './gemini-stand-in.ts';
import { type Usage, usageOf } from './process-usage.ts';

const MiB = 1024 ** 2;
const ASK = 'Ask';
const flags = commandLine({
  name: 'node bench/analyze.ts',
  about:
    'A question about a large file in n8n: this node, the Google Gemini node, and reading the file only.',
  flags: {
    quick: onOff('a small file, which only shows that everything runs'),
    rounds: count('rounds', 3),
  },
});
const size = flags.quick ? 16 : 760;

await using stack = new AsyncDisposableStack();
const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-analyze-'));
stack.defer(() => rm(dir, { recursive: true, force: true }));
const emulator = stack.use(await startEmulator({ processingMs: 0 }));
const gemini = stack.adopt(await startGeminiStandIn(), (server) => server.close());
const home = stack.adopt(await createHome({ filesDir: dir }), (made) => made.remove());
const { apiKey, baseUrl } = emulator;
await importCredential(home, { id: 'bench', name: 'Bench', data: { apiKey, baseUrl } });
const palm = { id: 'gemini', name: 'Gemini' };
await importCredential(home, { ...palm, type: 'googlePalmApi', data: { apiKey: 'none', host: gemini.url } });
const media = path.join(dir, 'media.mp4');
await copyFile(sampleVideo, media);
await truncate(media, size * MiB);

const question = 'What happens in this video?';
const ask: NodeSketch = {
  name: ASK,
  type: NODE_TYPE,
  credential: { id: 'bench', name: 'Bench' },
  parameters: { resource: 'analysis', question: 'custom', prompt: question },
};
const askGemini: NodeSketch = {
  name: ASK,
  type: '@n8n/n8n-nodes-langchain.googleGemini',
  typeVersion: 1.2,
  parameters: {
    resource: 'video',
    operation: 'analyze',
    modelId: { __rl: true, mode: 'id', value: 'models/gemini-2.5-flash' },
    text: question,
    inputType: 'binary',
  },
  settings: { credentials: { googlePalmApi: palm } },
};
const arms = {
  TwelveLabs: [ask],
  'Google Gemini': [askGemini],
  'reading the file': [],
} satisfies Record<string, NodeSketch[]>;

interface Measured extends Usage {
  /** Seconds in the node. */
  readonly inNode: number;
}

async function measure(workflowId: string, asks: boolean): Promise<Measured> {
  const running = await spawnN8n(home, ['execute', '--id', workflowId, '--rawOutput']);
  const usage = await usageOf(running);
  await running.stop();
  const { status, error, nodes } = readRawOutput(running.output());
  const run = nodes[asks ? ASK : 'Read file'];
  if (!run?.outputs[0]?.[0]) throw new Error(`No answer, ${status}: ${JSON.stringify(run?.error ?? error)}`);
  await emulator.reset();
  return { ...usage, inNode: run.executionTime / 1000 };
}

const ids = new Map<string, string>();
for (const [name, nodes] of Object.entries(arms))
  ids.set(name, await importWorkflow(home, chain(name, [], [readFileNode({}, media), ...nodes])));
const runs = new Map([...ids.keys()].map((name) => [name, [] as Measured[]]));
for (let round = 0; round < flags.rounds; round++)
  for (const [name, id] of ids) runs.get(name)?.push(await measure(id, name !== 'reading the file'));

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const line = (cells: string[]) =>
  process.stdout.write(
    `${cells.map((cell, index) => (index ? cell.padStart(13) : cell.padEnd(20))).join('')}\n`,
  );
line([`${size} MiB`, 'peak RSS', 'CPU', 'in the node']);
for (const [name, measured] of runs) {
  const of = (field: keyof Measured) => median(measured.map((run) => run[field]));
  line([
    name,
    `${(of('peakRss') / MiB).toFixed(0)} MiB`,
    `${of('cpu').toFixed(1)} s`,
    `${of('inNode').toFixed(1)} s`,
  ]);
}

/**
 * A question about a large file, in fresh `n8n execute` runs: this package's node, and n8n's Google Gemini node (against
 * a stand-in that only drains the upload).
 */
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { commandLine, count, onOff } from '@twelvelabs-nodes/emulator/command-line';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { importCredential, importWorkflow } from '../src/command-line.ts';
import { createHome } from '../src/home.ts';
import { chain, NODE_TYPE, type NodeSketch, readFileNode } from '../src/workflow.ts';
import { heading, type Measured, row, runFresh } from './fresh-run.ts';
import { startGeminiStandIn } from './gemini-stand-in.ts';

const MiB = 1024 ** 2;
const ASK = 'Ask';
const flags = commandLine({
  name: 'node bench/analyze.ts',
  about: 'A question about a large file in n8n, beside the Google Gemini node.',
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
} satisfies Record<string, NodeSketch[]>;

const ids = new Map<string, string>();
for (const [name, nodes] of Object.entries(arms))
  ids.set(name, await importWorkflow(home, chain(name, [], [readFileNode({}, media), ...nodes])));
const runs = new Map([...ids.keys()].map((name) => [name, [] as Measured[]]));
for (let round = 0; round < flags.rounds; round++)
  for (const [name, id] of ids) {
    runs.get(name)?.push((await runFresh(home, id, ASK)).measured);
    await emulator.reset();
  }

process.stdout.write(`${`${size} MiB`.padEnd(16)}${heading}\n`);
for (const [name, measured] of runs) process.stdout.write(`${name.padEnd(16)}${row(measured)}\n`);

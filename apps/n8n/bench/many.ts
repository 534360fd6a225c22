/**
 * What people meet who run many items with default settings, in one n8n server, beside n8n's own
 * HTTP Request node in its newest version. Times are those of the node, as n8n reports them.
 */
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { commandLine, count, onOff } from '@twelvelabs-nodes/emulator/command-line';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { saveCredential } from '../src/credential.ts';
import { executeWorkflow } from '../src/execute.ts';
import { startN8n } from '../src/server.ts';
import { chain, NODE_TYPE, type NodeSketch, readFileNode } from '../src/workflow.ts';

const flags = commandLine({
  name: 'node bench/many.ts',
  about: 'Many items by default settings in one n8n, beside the HTTP Request node.',
  flags: { quick: onOff('one round'), rounds: count('rounds', 3) },
});
const ITEMS = 40;
const LATENCY_MS = 300;
const NODE = 'Node';

const say = (text: string) => process.stdout.write(`${text}\n`);
const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-many-'));
const image = path.join(dir, 'image.jpg');
await copyFile(sampleImage, image);
await truncate(image, 100_000);

await using stack = new AsyncDisposableStack();
stack.defer(() => rm(dir, { recursive: true }));
const n8n = await startN8n({ filesDir: dir });
stack.defer(() => n8n.stop());

type Account = Pick<Emulator, 'apiKey' | 'baseUrl'>;

async function ours(account: Account, parameters: object): Promise<NodeSketch> {
  return {
    name: NODE,
    type: NODE_TYPE,
    parameters: { ...parameters },
    credential: await saveCredential(n8n.rest, account),
  };
}

function http({ apiKey, baseUrl }: Account, fields: object[]): NodeSketch {
  const parameters = {
    method: 'POST',
    url: `${baseUrl}/assets`,
    sendHeaders: true,
    headerParameters: { parameters: [{ name: 'x-api-key', value: apiKey }] },
    sendBody: true,
    contentType: 'multipart-form-data',
    bodyParameters: { parameters: fields },
    options: {},
  };
  return { name: NODE, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.4, parameters };
}

/** Seconds in the node. */
async function time(node: NodeSketch, count: number, file?: string): Promise<number> {
  const items = Array.from({ length: count }, () => ({ path: file }));
  const workflow = chain('Many', items, file ? [readFileNode(), node] : [node]);
  const { status, error, nodes } = await executeWorkflow(n8n.rest, workflow, 600_000);
  const made = nodes[NODE]?.outputs[0]?.filter(({ json }) => json._id).length;
  if (made !== count) throw new Error(`${made} of ${count} items, ${status}: ${JSON.stringify(error)}`);
  return (nodes[NODE]?.executionTime ?? Number.NaN) / 1_000;
}

async function slow(options: Parameters<typeof startEmulator>[0] = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  stack.defer(() => emulator.close());
  emulator.addFaults([
    { match: { times: 'always' }, action: { type: 'delay', beforeHeadersMs: LATENCY_MS } },
  ]);
  return emulator;
}

const best = async (measure: () => Promise<number>) => {
  const times = [];
  for (let round = 0; round < (flags.quick ? 1 : flags.rounds); round++) times.push(await measure());
  return Math.min(...times);
};
const verdict = (name: string, value: number, limit: number, unit = 's') =>
  say(
    `${value <= limit ? 'met   ' : 'MISSED'}  ${name}: ${value.toFixed(2)} ${unit} (at most ${limit.toFixed(2)})`,
  );

const platform = await slow();
const url = 'https://example.com/video.mp4';
const method = (value: string) => ({ parameterType: 'formData', name: 'method', value });

const byUrl = { method: 'url', url };
const urlFields = [method('url'), { parameterType: 'formData', name: 'url', value: url }];
const urls = await best(async () => time(await ours(platform, byUrl), ITEMS));
const urlsByHttp = await best(() => time(http(platform, urlFields), ITEMS));
verdict(`${ITEMS} URLs (HTTP Request: ${urlsByHttp.toFixed(2)} s)`, urls, urlsByHttp * 1.2);

const fileFields = [
  method('direct'),
  { parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' },
];
const images = await best(async () => time(await ours(platform, {}), ITEMS, image));
const imagesByHttp = await best(() => time(http(platform, fileFields), ITEMS, image));
verdict(`${ITEMS} images of 100 KB (HTTP Request: ${imagesByHttp.toFixed(2)} s)`, images, imagesByHttp * 1.2);

const processing = await slow({ processingMs: 5_000 });
const waited = await time(await ours(processing, { waitUntilReady: true }), 10, image);
verdict('10 items, Wait Until Ready, 5 s of processing', waited, 9);

const limited = await slow({ rateLimit: { limit: 20, windowSeconds: 5 } });
const seconds = await time(await ours(limited, byUrl), ITEMS);
const refused = limited.requests().filter(({ status }) => status === 429).length;
verdict(
  `refused requests of ${ITEMS} items under a limit of 20 per 5 s (${seconds.toFixed(1)} s)`,
  refused,
  24,
  'requests',
);

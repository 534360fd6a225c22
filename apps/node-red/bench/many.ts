import { readFile } from 'node:fs/promises';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { commandLine, count, onOff } from '@twelvelabs-nodes/emulator/command-line';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { type Account, type FlowNode, NodeRed } from '../src/index.ts';

// Many messages at once with the settings of a new node, beside `http request`, in turns in one Node-RED.

const COUNT = 50;
const BYTES = 100_000;
/** Milliseconds until the platform answers. */
const ANSWERS_AFTER = 300;

const flags = commandLine({
  name: 'node bench/many.ts',
  about: `Creates ${COUNT} assets of ${BYTES / 1000} KB at once, beside http request.`,
  flags: { quick: onOff('one round'), rounds: count('rounds', 7) },
});
const rounds = flags.quick ? 1 : flags.rounds;
const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Sends all messages at once, and answers with the milliseconds until the last one came through. */
function flowOf(arm: string, url: string, nodes: readonly FlowNode[], form: string): FlowNode[] {
  const z = `${arm}-tab`;
  const one = (id: string, type: string, wires: string[], more: object = {}): FlowNode => ({
    id: `${arm}-${id}`,
    type,
    z,
    wires: [wires.map((to) => `${arm}-${to}`)],
    ...more,
  });
  return [
    { id: z, type: 'tab', label: arm },
    one('in', 'http in', ['start'], { url, method: 'post' }),
    one('start', 'function', ['send'], {
      outputs: 1,
      func: `flow.set('run', { since: Date.now(), left: ${COUNT}, failed: 0, req: msg.req, res: msg.res });
const file = Buffer.from(msg.payload.file, 'base64');
for (let index = 0; index < ${COUNT}; index++) {
  const name = \`image-\${index}.jpg\`;
  ${form}
}`,
    }),
    ...nodes.map((node) => ({ ...node, id: `${arm}-send`, z, wires: [[`${arm}-end`]] })),
    one('catch', 'catch', ['end'], { scope: [`${arm}-send`] }),
    one('end', 'function', ['out'], {
      outputs: 1,
      func: `const run = flow.get('run');
if (msg.error || msg.payload?._id === undefined) run.failed++;
if (--run.left > 0) return;
return { req: run.req, res: run.res, payload: { took: Date.now() - run.since, failed: run.failed } };`,
    }),
    one('out', 'http response', [], { statusCode: '200', headers: {} }),
  ];
}

function flows({ baseUrl, apiKey = '' }: Account): FlowNode[] {
  return [
    { id: 'account', type: 'twelvelabs-config', baseUrl },
    ...flowOf(
      'ours',
      '/ours',
      [{ id: '', type: 'twelvelabs-create-asset', config: 'account', source: 'payload', sourceType: 'msg' }],
      'node.send({ payload: file, filename: name });',
    ),
    ...flowOf(
      'core',
      '/core',
      [{ id: '', type: 'http request', method: 'POST', ret: 'obj', url: `${baseUrl}/assets` }],
      `node.send({
    headers: { 'content-type': 'multipart/form-data', 'x-api-key': ${JSON.stringify(apiKey)} },
    payload: { method: 'direct', file: { value: file, options: { filename: name, contentType: 'image/jpeg' } } },
  });`,
    ),
  ];
}

await using emulator = await startEmulator({ ffmpeg: false });
await using nodeRed = await NodeRed.start({
  flows: flows(emulator),
  credentials: { account: { apiKey: emulator.apiKey } },
});
const image = await readFile(sampleImage);
const file = Buffer.concat([image, Buffer.alloc(Math.max(0, BYTES - image.byteLength))]).toString('base64');

const took: Record<'ours' | 'core', number[]> = { ours: [], core: [] };
// One round to warm up: the first message loads code.
for (let round = -1; round < rounds; round++) {
  for (const arm of round % 2 === 0 ? (['ours', 'core'] as const) : (['core', 'ours'] as const)) {
    await emulator.reset();
    emulator.addFaults([
      {
        match: { method: 'POST', path: '/v1.3/assets', times: 'always' },
        action: { type: 'delay', beforeHeadersMs: ANSWERS_AFTER },
      },
    ]);
    const run = await nodeRed.call<{ took: number; failed: number }>(`/${arm}`, { file });
    if (run.failed > 0) throw new Error(`${arm}: ${run.failed} of ${COUNT} failed`);
    if (round >= 0) took[arm].push(run.took);
  }
}
const [ours, core] = [median(took.ours), median(took.core)];
const line = (name: string, value: string) => process.stdout.write(`${name.padEnd(34)}${value}\n`);
line(`${COUNT} × ${BYTES / 1000} KB at once`, 'median (s)');
line('create asset', (ours / 1000).toFixed(2));
line('http request', (core / 1000).toFixed(2));
line('ratio, at most 1.3', `${(ours / core).toFixed(2)} ${ours / core <= 1.3 ? 'met' : 'MISSED'}`);

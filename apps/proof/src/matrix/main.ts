import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MARKER } from '../hostile/attack.ts';
import { coreParty } from '../parties/core.ts';
import { coreProcess } from '../parties/core-process.ts';
import { n8nParty, nodeRedParty } from '../parties/hosts.ts';
import type { Party } from '../parties/party.ts';
import { FAULTS } from './faults.ts';
import { killAndRunAgain } from './killed.ts';
import { largeVideo } from './media.ts';
import { makePlaces } from './places.ts';
import { putIntoReadme } from './readme.ts';
import { runMatrix, tableOf } from './run.ts';
import { descriptors, residentMemory } from './sockets.ts';

const { values } = parseArgs({
  options: {
    party: { type: 'string' },
    fault: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const MiB = 1024 ** 2;

await using stack = new AsyncDisposableStack();
const places = stack.use(await makePlaces());
const dir = await mkdtemp(join(tmpdir(), 'twelvelabs-proof-'));
stack.defer(() => rm(dir, { recursive: true, force: true }));
const files = {
  video: await largeVideo(join(dir, 'video.mp4'), 12 * MiB),
  url: 'https://media.invalid/clip.mp4',
};
const { HTTPS_PROXY = '', NO_PROXY = '' } = places.env;
const makers: Record<string, () => Promise<Party>> = {
  core: async () => coreParty({ proxy: HTTPS_PROXY, noProxy: NO_PROXY }),
  n8n: () => n8nParty({ env: places.env }),
  'node-red': () => nodeRedParty({ env: { ...places.env } }),
};
const parties: Party[] = [];
for (const [name, make] of Object.entries(makers)) {
  if (values.party === undefined || values.party === name) parties.push(stack.use(await make()));
}
const faults = FAULTS.filter(({ name }) => values.fault === undefined || name.includes(values.fault));

const before = await Promise.all(
  parties.map(({ pid }) => Promise.all([descriptors(pid), residentMemory(pid)])),
);
const results = await runMatrix(parties, files, places, MARKER, {
  faults,
  onCell: ({ fault, party, method, wrong, took }) => {
    if (wrong.length > 0) say(`WRONG ${fault} × ${party} × ${method} (${took} ms): ${wrong.join('; ')}`);
  },
});
say(tableOf(results));
for (const [index, { name, pid }] of parties.entries()) {
  const [fds = 0, rss = 0] = before[index] ?? [];
  say(
    `${name}: descriptors ${fds} → ${await descriptors(pid)}, memory ${Math.round(rss / MiB)} → ${Math.round((await residentMemory(pid)) / MiB)} MiB`,
  );
}
const killed = await Promise.all([
  ...parties.filter(({ name }) => name !== 'core').map((party) => killAndRunAgain(party, files, MARKER)),
  ...(parties.some(({ name }) => name === 'core')
    ? [killAndRunAgain(stack.use(await coreProcess()), files, MARKER)]
    : []),
]);
say(tableOf(killed.flat()).split('\n').slice(2).join('\n'));
results.push(...killed.flat());
const cells = results.filter(({ expected }) => !('because' in expected));
const wrong = cells.filter((cell) => cell.wrong.length > 0);
const total = `${cells.length} cells, ${wrong.length} not as written down; ${places.strayed()} connections to another origin`;
say(total);
if (values.readme) await putIntoReadme('matrix', `${tableOf(results)}\n\n${total}.`);
if (wrong.length > 0 || places.strayed() > 0) process.exitCode = 1;

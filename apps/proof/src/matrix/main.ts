import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MARKER } from '../hostile/attack.ts';
import { coreProcess } from '../parties/core-process.ts';
import { n8nParty, nodeRedParty } from '../parties/hosts.ts';
import type { Party } from '../parties/party.ts';
import { inMiB } from '../parties/probe.ts';
import { type RunningHosts, toldOf, watchedFolder, writeDownWhatHostsTell } from '../secrecy/traces.ts';
import { FILE_SIZE, runAndComeBack } from './come-back.ts';
import { FAULTS } from './faults.ts';
import { killAndRunAgain } from './killed.ts';
import { largeVideo } from './media.ts';
import { makePlaces } from './places.ts';
import { putIntoReadme } from './readme.ts';
import { tableOf } from './run.ts';

const { values } = parseArgs({
  options: {
    party: { type: 'string' },
    fault: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
});
const say = (line: string) => process.stdout.write(`${line}\n`);

await using stack = new AsyncDisposableStack();
const places = stack.use(await makePlaces());
const watched = stack.use(await watchedFolder());
const dir = watched.folder;
const files = {
  video: await largeVideo(join(dir, 'video.mp4'), FILE_SIZE),
  url: 'https://media.invalid/clip.mp4',
};
const { HTTPS_PROXY = '', NO_PROXY = '' } = places.env;
const hosts: RunningHosts = {};
const makers: Record<string, () => Promise<Party>> = {
  core: () => coreProcess({ proxy: HTTPS_PROXY, noProxy: NO_PROXY }),
  n8n: async () => {
    hosts.n8n = await n8nParty({ env: places.env });
    return hosts.n8n;
  },
  'node-red': async () => {
    hosts.nodeRed = await nodeRedParty({ env: { ...places.env } });
    return hosts.nodeRed;
  },
};
const parties: Party[] = [];
for (const [name, make] of Object.entries(makers)) {
  if (values.party === undefined || values.party === name) parties.push(stack.use(await make()));
}
const faults = FAULTS.filter(({ name }) => values.fault === undefined || name.includes(values.fault));

const { results, changes } = await runAndComeBack(parties, files, places, MARKER, {
  faults,
  onCell: ({ fault, party, method, wrong, took }) => {
    if (wrong.length > 0) say(`WRONG ${fault} × ${party} × ${method} (${took} ms): ${wrong.join('; ')}`);
  },
});
say(tableOf(results));
for (const { party, before, after, wrong } of changes) {
  say(
    `${party}: live memory ${inMiB(before.live)} → ${inMiB(after.live)}, resident ${inMiB(before.resident)} → ${inMiB(after.resident)}, descriptors ${before.descriptors} → ${after.descriptors}${wrong.length > 0 ? `: WRONG, ${wrong.join(', ')}` : ''}`,
  );
}
await writeDownWhatHostsTell(watched.folder, hosts);
const killed = await Promise.all([
  ...parties.filter(({ name }) => name !== 'core').map((party) => killAndRunAgain(party, files, MARKER)),
  ...(parties.some(({ name }) => name === 'core')
    ? [killAndRunAgain(stack.use(await coreProcess()), files, MARKER)]
    : []),
]);
say(tableOf(killed.flat()).split('\n').slice(2).join('\n'));
results.push(...killed.flat());
const secrecy = toldOf(await watched.search(MARKER));
say(secrecy.line);
const cells = results.filter(({ expected }) => !('because' in expected));
const wrong = cells.filter((cell) => cell.wrong.length > 0);
const total = `${cells.length} cells, ${wrong.length} not as written down; ${places.strayed()} connections to another origin`;
say(total);
if (values.readme) await putIntoReadme('matrix', `${tableOf(results)}\n\n${total}.`);
const stayed = changes.some((change) => change.wrong.length > 0);
if (wrong.length > 0 || stayed || !secrecy.clean || places.strayed() > 0) process.exitCode = 1;

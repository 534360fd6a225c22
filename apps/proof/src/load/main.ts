import { parseArgs } from 'node:util';
import { MARKER } from '../hostile/attack.ts';
import { coreProcess } from '../parties/core-process.ts';
import { n8nParty, nodeRedParty } from '../parties/hosts.ts';
import type { Party } from '../parties/party.ts';
import { inMiB, type Probe } from '../parties/probe.ts';
import { type RunningHosts, toldOf, watchedFolder, writeDownWhatHostsTell } from '../secrecy/traces.ts';
import { runLoad } from './run.ts';
import { runSoak } from './soak.ts';

const { values } = parseArgs({
  options: {
    party: { type: 'string' },
    creates: { type: 'string', default: '1000' },
    /** Creates that the platform takes in five seconds. */
    limit: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    'per-round': { type: 'string', default: '200' },
  },
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
});
const say = (line: string) => process.stdout.write(`${line}\n`);
await using watched = await watchedFolder();
let hosts: RunningHosts = {};
const makers: Record<string, () => Promise<Party & { readonly probe: Probe }>> = {
  core: () => coreProcess(),
  n8n: async () => {
    hosts.n8n = await n8nParty();
    return hosts.n8n;
  },
  'node-red': async () => {
    hosts.nodeRed = await nodeRedParty();
    return hosts.nodeRed;
  },
};

say('| party | creates | failed | doubled | missing | refused by the limit | most in a window | took |');
say('|---|---|---|---|---|---|---|---|');
for (const [name, make] of Object.entries(makers)) {
  if (values.party !== undefined && values.party !== name) continue;
  hosts = {};
  await using party = await make();
  const load = {
    creates: Number(values.creates),
    atOnce: 50,
    limit: Number(values.limit),
    windowSeconds: 5,
    key: MARKER,
  };
  const { creates, failed, doubled, missing, refused, mostInWindow, took } = await runLoad(party, load);
  say(
    `| ${party.name} | ${creates} | ${failed.length} | ${doubled} | ${missing} | ${refused} | ${mostInWindow} of ${load.limit} | ${(took / 1000).toFixed(0)} s |`,
  );
  for (const message of failed.slice(0, 3)) say(message);
  const soak = { rounds: Number(values.rounds), perRound: Number(values['per-round']), key: MARKER };
  const { samples, wrong } = await runSoak(party, soak);
  const told = samples.map(
    ({ live, resident, descriptors }, round) =>
      `${round * soak.perRound}: live ${inMiB(live)}, resident ${inMiB(resident)}, ${descriptors} descriptors`,
  );
  say(`soak ${party.name}: ${told.join('; ')}${wrong.length > 0 ? `; WRONG: ${wrong.join(', ')}` : ''}`);
  await writeDownWhatHostsTell(watched.folder, hosts);
  const secrecy = toldOf(await watched.search(MARKER));
  say(`secrecy ${party.name}: ${secrecy.line}`);
  if (!secrecy.clean) process.exitCode = 1;
  if (refused === 0) say(`WRONG ${party.name} never met the limit`);
  if (wrong.length > 0 || refused === 0) process.exitCode = 1;
  if (failed.length + doubled + missing > 0 || mostInWindow > load.limit) process.exitCode = 1;
}

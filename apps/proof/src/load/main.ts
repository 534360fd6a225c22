import { parseArgs } from 'node:util';
import { MARKER } from '../hostile/attack.ts';
import { coreProcess } from '../runners/core-process.ts';
import { n8nRunner, nodeRedRunner } from '../runners/hosts.ts';
import { inMiB, type Probe } from '../runners/probe.ts';
import type { Runner } from '../runners/runner.ts';
import { describeTraces, exportHosts, type RunningHosts, watchedFolder } from '../secrecy/traces.ts';
import { runLoad } from './run.ts';
import { runSoak } from './soak.ts';

const { values } = parseArgs({
  options: {
    runner: { type: 'string' },
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
const makers: Record<string, () => Promise<Runner & { readonly probe: Probe }>> = {
  core: () => coreProcess(),
  n8n: async () => {
    hosts.n8n = await n8nRunner();
    return hosts.n8n;
  },
  'node-red': async () => {
    hosts.nodeRed = await nodeRedRunner();
    return hosts.nodeRed;
  },
};

say('| runner | creates | failed | doubled | missing | refused by the limit | most in a window | took |');
say('|---|---|---|---|---|---|---|---|');
for (const [name, make] of Object.entries(makers)) {
  if (values.runner !== undefined && values.runner !== name) continue;
  hosts = {};
  await using runner = await make();
  const load = {
    creates: Number(values.creates),
    atOnce: 50,
    limit: Number(values.limit),
    windowSeconds: 5,
    key: MARKER,
  };
  const { creates, failed, doubled, missing, refused, mostInWindow, took } = await runLoad(runner, load);
  say(
    `| ${runner.name} | ${creates} | ${failed.length} | ${doubled} | ${missing} | ${refused} | ${mostInWindow} of ${load.limit} | ${(took / 1000).toFixed(0)} s |`,
  );
  for (const message of failed.slice(0, 3)) say(message);
  const soak = { rounds: Number(values.rounds), perRound: Number(values['per-round']), key: MARKER };
  const { samples, wrong } = await runSoak(runner, soak);
  const told = samples.map(
    ({ live, resident, descriptors }, round) =>
      `${round * soak.perRound}: live ${inMiB(live)}, resident ${inMiB(resident)}, ${descriptors} descriptors`,
  );
  say(`soak ${runner.name}: ${told.join('; ')}${wrong.length > 0 ? `; WRONG: ${wrong.join(', ')}` : ''}`);
  await exportHosts(watched.folder, hosts);
  const secrecy = describeTraces(await watched.search(MARKER));
  say(`secrecy ${runner.name}: ${secrecy.line}`);
  if (!secrecy.clean) process.exitCode = 1;
  if (refused === 0) say(`WRONG ${runner.name} never met the limit`);
  if (wrong.length > 0 || refused === 0) process.exitCode = 1;
  if (failed.length + doubled + missing > 0 || mostInWindow > load.limit) process.exitCode = 1;
}

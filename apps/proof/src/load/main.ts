import { commandLine, count, list } from '@twelvelabs-nodes/emulator/command-line';
import { MARKER } from '../hostile/attack.ts';
import { coreProcess } from '../runners/core-process.ts';
import { n8nRunner, nodeRedRunner } from '../runners/hosts.ts';
import { inMiB, type Probe } from '../runners/probe.ts';
import type { Runner } from '../runners/runner.ts';
import { describeTraces, exportHosts, type RunningHosts, watchedFolder } from '../secrecy/traces.ts';
import { runLoad } from './run.ts';
import { runSoak } from './soak.ts';

const RUNNERS = ['core', 'n8n', 'node-red'] as const;
const flags = commandLine({
  name: 'pnpm --filter @twelvelabs-nodes/proof load',
  about: 'Many creates through core and both hosts under a rate limit, then a soak.',
  flags: {
    runner: list(RUNNERS, 'some of the runners'),
    creates: count('creates under the rate limit', 1_000),
    limit: count('creates that the platform takes in five seconds', 100),
    rounds: count('rounds of the soak', 5),
    'per-round': count('uploads in a round', 200),
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
await using watched = await watchedFolder();
let hosts: RunningHosts = {};
const makers: Record<(typeof RUNNERS)[number], () => Promise<Runner & { readonly probe: Probe }>> = {
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
for (const name of RUNNERS) {
  const make = makers[name];
  if (!flags.runner.includes(name)) continue;
  hosts = {};
  await using runner = await make();
  const load = {
    creates: flags.creates,
    limit: flags.limit,
    windowSeconds: 5,
    key: MARKER,
  };
  const { creates, failed, doubled, missing, refused, mostInWindow, took } = await runLoad(runner, load);
  say(
    `| ${runner.name} | ${creates} | ${failed.length} | ${doubled} | ${missing} | ${refused} | ${mostInWindow} of ${load.limit} | ${(took / 1000).toFixed(0)} s |`,
  );
  for (const message of failed.slice(0, 3)) say(message);
  const soak = { rounds: flags.rounds, perRound: flags['per-round'], key: MARKER };
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

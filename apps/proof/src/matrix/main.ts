import { join } from 'node:path';
import { commandLine, list, onOff, text } from '@twelvelabs-nodes/emulator/command-line';
import { CALL_FAULTS } from '../calls/faults.ts';
import { runCalls, tableOfCalls } from '../calls/run.ts';
import { type CallRunner, coreCalls, n8nCalls, nodeRedCalls } from '../calls/runners.ts';
import { MARKER } from '../hostile/attack.ts';
import { coreProcess } from '../runners/core-process.ts';
import { n8nRunner, nodeRedRunner } from '../runners/hosts.ts';
import { inMiB } from '../runners/probe.ts';
import type { Runner } from '../runners/runner.ts';
import { describeTraces, exportHosts, type RunningHosts, watchedFolder } from '../secrecy/traces.ts';
import { makeAddresses } from './addresses.ts';
import { FAULTS } from './faults.ts';
import { killAndRunAgain } from './killed.ts';
import { FILE_SIZE, largeVideo } from './media.ts';
import { putIntoReadme } from './readme.ts';
import { runAndCompare } from './resource-growth.ts';
import { tableOf } from './run.ts';

const RUNNERS = ['core', 'n8n', 'node-red'] as const;
const flags = commandLine({
  name: 'pnpm --filter @twelvelabs-nodes/proof matrix',
  about: 'Creates an asset by each method through core and both hosts, under each fault.',
  flags: {
    runner: list(RUNNERS, 'some of the runners'),
    fault: text('NAME', 'faults whose name contains this'),
    readme: onOff('write the table into the README'),
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

await using stack = new AsyncDisposableStack();
const addresses = stack.use(await makeAddresses());
const watched = stack.use(await watchedFolder());
const dir = watched.folder;
const files = {
  video: await largeVideo(join(dir, 'video.mp4'), FILE_SIZE),
  url: 'https://media.invalid/clip.mp4',
};
const { HTTPS_PROXY = '', NO_PROXY = '' } = addresses.env;
const hosts: RunningHosts = {};
const makers: Record<(typeof RUNNERS)[number], () => Promise<Runner>> = {
  core: () => coreProcess({ proxy: HTTPS_PROXY, noProxy: NO_PROXY }),
  n8n: async () => {
    hosts.n8n = await n8nRunner({ env: addresses.env });
    return hosts.n8n;
  },
  'node-red': async () => {
    hosts.nodeRed = await nodeRedRunner({ env: { ...addresses.env } });
    return hosts.nodeRed;
  },
};
const runners: Runner[] = [];
for (const name of RUNNERS) {
  const make = makers[name];
  if (flags.runner.includes(name)) runners.push(stack.use(await make()));
}
const faults = FAULTS.filter(({ name }) => flags.fault === undefined || name.includes(flags.fault));

const { results, changes } = await runAndCompare(runners, files, addresses, MARKER, {
  faults,
  onResult: ({ fault, runner, method, found, wrong, took }) => {
    const ending = wrong.length > 0 ? `WRONG ${wrong.join('; ')}` : (found?.ends ?? '–');
    say(`${fault} × ${runner} × ${method} (${took} ms): ${ending}`);
  },
});
say(tableOf(results));
for (const { runner, before, after, wrong } of changes) {
  say(
    `${runner}: live memory ${inMiB(before.live)} → ${inMiB(after.live)}, resident ${inMiB(before.resident)} → ${inMiB(after.resident)}, descriptors ${before.descriptors} → ${after.descriptors}${wrong.length > 0 ? `: WRONG, ${wrong.join(', ')}` : ''}`,
  );
}
const callers: CallRunner[] = [
  ...(flags.runner.includes('core') ? [coreCalls] : []),
  ...(hosts.n8n ? [n8nCalls(hosts.n8n)] : []),
  ...(hosts.nodeRed ? [nodeRedCalls(hosts.nodeRed)] : []),
];
const calls = await runCalls(callers, {
  key: MARKER,
  faults: CALL_FAULTS.filter(({ name }) => flags.fault === undefined || name.includes(flags.fault)),
  onResult: ({ fault, runner, call, ends, wrong, took }) => {
    const ending = wrong.length > 0 ? `WRONG ${wrong.join('; ')}` : ends;
    say(`${fault} × ${runner} × ${call} (${took} ms): ${ending}`);
  },
});
say(tableOfCalls(calls));
await exportHosts(watched.folder, hosts);
const killed = await Promise.all([
  ...runners.filter(({ name }) => name !== 'core').map((runner) => killAndRunAgain(runner, files, MARKER)),
  ...(runners.some(({ name }) => name === 'core')
    ? [killAndRunAgain(stack.use(await coreProcess()), files, MARKER)]
    : []),
]);
say(tableOf(killed.flat()).split('\n').slice(2).join('\n'));
results.push(...killed.flat());
const secrecy = describeTraces(await watched.search(MARKER));
say(secrecy.line);
const checked = results.filter(({ expected }) => !('because' in expected));
const wrong = checked.filter((result) => result.wrong.length > 0);
const wrongCalls = calls.filter((result) => result.wrong.length > 0);
const total = `${checked.length} creates, ${wrong.length} not as written down; ${addresses.strayed()} connections to another origin`;
const totalOfCalls = `${calls.length} calls, ${wrongCalls.length} not as written down`;
say(`${total}\n${totalOfCalls}`);
if (flags.readme) {
  await putIntoReadme('matrix', `${tableOf(results)}\n\n${total}.`);
  await putIntoReadme('calls', `${tableOfCalls(calls)}\n\n${totalOfCalls}.`);
}
const stayed = changes.some((change) => change.wrong.length > 0);
if (wrong.length + wrongCalls.length > 0 || stayed || !secrecy.clean || addresses.strayed() > 0)
  process.exitCode = 1;

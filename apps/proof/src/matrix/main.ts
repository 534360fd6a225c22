import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MARKER } from '../hostile/attack.ts';
import { coreProcess } from '../runners/core-process.ts';
import { n8nRunner, nodeRedRunner } from '../runners/hosts.ts';
import { inMiB } from '../runners/probe.ts';
import type { Runner } from '../runners/runner.ts';
import { describeTraces, exportHosts, type RunningHosts, watchedFolder } from '../secrecy/traces.ts';
import { makeAddresses } from './addresses.ts';
import { FAULTS } from './faults.ts';
import { killAndRunAgain } from './killed.ts';
import { largeVideo } from './media.ts';
import { putIntoReadme } from './readme.ts';
import { FILE_SIZE, runAndCompare } from './resource-growth.ts';
import { tableOf } from './run.ts';

const { values } = parseArgs({
  options: {
    runner: { type: 'string' },
    fault: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
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
const makers: Record<string, () => Promise<Runner>> = {
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
for (const [name, make] of Object.entries(makers)) {
  if (values.runner === undefined || values.runner === name) runners.push(stack.use(await make()));
}
const faults = FAULTS.filter(({ name }) => values.fault === undefined || name.includes(values.fault));

const { results, changes } = await runAndCompare(runners, files, addresses, MARKER, {
  faults,
  onResult: ({ fault, runner, method, wrong, took }) => {
    if (wrong.length > 0) say(`WRONG ${fault} × ${runner} × ${method} (${took} ms): ${wrong.join('; ')}`);
  },
});
say(tableOf(results));
for (const { runner, before, after, wrong } of changes) {
  say(
    `${runner}: live memory ${inMiB(before.live)} → ${inMiB(after.live)}, resident ${inMiB(before.resident)} → ${inMiB(after.resident)}, descriptors ${before.descriptors} → ${after.descriptors}${wrong.length > 0 ? `: WRONG, ${wrong.join(', ')}` : ''}`,
  );
}
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
const total = `${checked.length} creates, ${wrong.length} not as written down; ${addresses.strayed()} connections to another origin`;
say(total);
if (values.readme) await putIntoReadme('matrix', `${tableOf(results)}\n\n${total}.`);
const stayed = changes.some((change) => change.wrong.length > 0);
if (wrong.length > 0 || stayed || !secrecy.clean || addresses.strayed() > 0) process.exitCode = 1;

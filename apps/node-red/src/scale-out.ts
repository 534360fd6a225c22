import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { commandLine, runCommand } from '@twelvelabs-nodes/emulator/command-line';
import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { enqueue, startInstance, unfinished } from './scale-out/instances.ts';
import { startRedis } from './scale-out/redis.ts';

commandLine({
  name: 'pnpm --filter @twelvelabs-nodes/app-node-red scale-out',
  about: 'Two Node-RED instances share a queue of 40 files, and one of them is killed on the way.',
  flags: {},
});

await runCommand('Scaling out failed', async () => {
  await using redis = await startRedis();
  await using emulator = await startEmulator();
  await using first = await startInstance({ name: 'first', account: emulator, redis, takeOverMs: 3000 });
  await using second = await startInstance({ name: 'second', account: emulator, redis, takeOverMs: 3000 });
  process.stdout.write(`Two instances: ${first.url} and ${second.url}\n`);

  const entries = await Promise.all(Array.from({ length: 40 }, () => enqueue(redis, sampleImage)));
  await sleep(1000);
  process.stdout.write('Killing the first one…\n');
  await first.stop('SIGKILL');
  while ((await unfinished(redis)) > 0) {
    process.stdout.write(`${await unfinished(redis)} left\n`);
    await sleep(500);
  }
  const created = emulator
    .requests()
    .filter(({ method, path, status }) => method === 'POST' && path === '/v1.3/assets' && status === 201);
  process.stdout.write(`${entries.length} files, ${created.length} assets\n`);
});

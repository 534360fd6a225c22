/** `pnpm --filter @twelvelabs-nodes/app-n8n queue`: n8n scaled out on this machine, with the node installed, for operators to try. */
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { samplesDir } from '@twelvelabs-nodes/emulator/samples';
import { saveCredential } from './credential.ts';
import { saveWorkflow } from './execute.ts';
import { startQueueMode } from './queue-mode.ts';
import { OWNER } from './rest.ts';
import { sampleWorkflows } from './samples.ts';

const emulator = await startEmulator({ port: 0 });
try {
  process.stdout.write('Starting Redis, PostgreSQL, n8n and two workers…\n');
  const queue = await startQueueMode({ port: Number(process.env.PORT ?? 5678), filesDir: samplesDir });
  const { main, workers } = queue;
  const credential = await saveCredential(main.rest, { apiKey: emulator.apiKey, baseUrl: emulator.baseUrl });
  const settings = {
    credential,
    mediaUrl: `${emulator.url}/samples`,
    filesDir: samplesDir.replace(/\/$/, ''),
  };
  for (const workflow of (await sampleWorkflows(settings)).values()) await saveWorkflow(main.rest, workflow);
  process.stdout.write(`
  n8n        ${main.url}/home/workflows
  Login      ${OWNER.email}   ${OWNER.password}
  TwelveLabs ${emulator.baseUrl} (an emulator)
  Logs       ${[main.process, ...workers].map(({ logFile }) => logFile).join('\n             ')}

  Ctrl+C ends it and removes everything.
`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await queue.stop();
} finally {
  await emulator.close();
}

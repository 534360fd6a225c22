/** `pnpm --filter @twelvelabs-nodes/app-n8n queue`: n8n scaled out on this machine, with the node installed, for operators to try. */
import { commandLine, live, port, runCommand, startPlatform } from '@twelvelabs-nodes/emulator/command-line';
import { requireFreePort } from '@twelvelabs-nodes/emulator/ports';
import { samplesDir } from '@twelvelabs-nodes/emulator/samples';
import { saveCredential } from './credential.ts';
import { saveWorkflow } from './execute.ts';
import { startQueueMode } from './queue-mode.ts';
import { OWNER } from './rest.ts';
import { sampleWorkflows } from './samples.ts';

const flags = commandLine({
  name: 'pnpm --filter @twelvelabs-nodes/app-n8n queue',
  about: 'Opens an n8n with two workers, Redis and PostgreSQL, and stays up until Ctrl+C.',
  flags: { live: live(), port: port(5678) },
});

await runCommand('Queue mode failed', async () => {
  await requireFreePort(flags.port);
  await using platform = await startPlatform(flags.live);
  const { account, emulator } = platform;
  process.stdout.write('Starting Redis, PostgreSQL, n8n and two workers…\n');
  const { main, workers } = await startQueueMode({ port: flags.port, filesDir: samplesDir });
  const credential = await saveCredential(main.rest, { apiKey: account.apiKey, baseUrl: account.baseUrl });
  const settings = {
    credential,
    mediaUrl: emulator ? `${emulator.url}/samples` : 'https://example.com/media',
    filesDir: samplesDir.replace(/\/$/, ''),
  };
  for (const workflow of (await sampleWorkflows(settings)).values()) await saveWorkflow(main.rest, workflow);
  process.stdout.write(`
  ${platform.lines.join('\n  ')}
  n8n         ${main.url}/home/workflows
  Login       ${OWNER.email}   ${OWNER.password}
  Logs        ${[main.process, ...workers].map(({ logFile }) => logFile).join('\n              ')}

  Ctrl+C ends it and removes everything.
`);
  throw new Error(`n8n ended with ${await main.process.ended}`);
});

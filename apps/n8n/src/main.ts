/** `pnpm n8n`: an editor for people, with the node, an account, a credential and the sample workflows in place. */
import { cp, mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { samplesDir } from '@twelvelabs-nodes/emulator/samples';
import { saveCredential } from './credential.ts';
import { saveWorkflow } from './execute.ts';
import { createHome } from './home.ts';
import { publishWorkflow } from './publish.ts';
import { OWNER } from './rest.ts';
import { sampleWorkflows } from './samples.ts';
import { startN8n } from './server.ts';

const USAGE = `Usage: pnpm n8n [--live] [--port PORT]

Opens a real n8n with the TwelveLabs node, and stays up until Ctrl+C. Everything is temporary.

  --live       use the platform instead of an emulator; needs TWELVE_LABS_API_KEY (and takes TWELVELABS_BASE_URL)
  --port PORT  default 5678`;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    options: { live: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    say(USAGE);
    return;
  }
  const port = Number(values.port ?? process.env.PORT ?? 5678);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

  const emulator = values.live ? undefined : await startEmulator({ port: 0 });
  const account = emulator ?? liveAccount();
  // People may want Code nodes, which need a runner.
  const home = await createHome({
    env: { N8N_RUNNERS_MODE: 'internal', N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' },
  });
  try {
    await mkdir(home.filesDir, { recursive: true });
    await cp(samplesDir, home.filesDir, { recursive: true });
    say('Starting n8n…');
    const n8n = await startN8n({ home, port });
    const credential = await saveCredential(n8n.rest, { apiKey: account.apiKey, baseUrl: account.baseUrl });
    const mediaUrl = emulator ? `${emulator.url}/samples` : 'https://example.com/media';
    for (const [name, workflow] of await sampleWorkflows({ credential, mediaUrl, filesDir: home.filesDir })) {
      const id = await saveWorkflow(n8n.rest, workflow);
      if (name === 'form-upload') await publishWorkflow(n8n.rest, id);
    }
    say(`
  n8n        ${n8n.url}/home/workflows
  Login      ${OWNER.email}   ${OWNER.password}
  Form       ${n8n.url}/form/twelvelabs-upload
  TwelveLabs ${account.baseUrl}${emulator ? ' (an emulator)' : ''}
  Files      ${home.filesDir}
  Log        ${n8n.process.logFile}

  Ctrl+C ends it and removes everything.`);
    await Promise.race([stopped, n8n.process.ended]);
    await n8n.stop();
  } finally {
    await home.remove();
    await emulator?.close();
  }
}

function liveAccount() {
  const { TWELVE_LABS_API_KEY: apiKey = '', TWELVELABS_BASE_URL } = process.env;
  if (!apiKey)
    throw new Error('TWELVE_LABS_API_KEY must hold an API key when --live is given (it is not set)');
  return { apiKey, baseUrl: TWELVELABS_BASE_URL || 'https://api.twelvelabs.io/v1.3' };
}

main().catch((error: unknown) => {
  process.stderr.write(`n8n did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

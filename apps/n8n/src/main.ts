/** `pnpm n8n`: an editor for people, with the node, an account, a credential and the sample workflows in place. */
import { cp, mkdir, readFile } from 'node:fs/promises';
import { commandLine, live, port, runCommand, startPlatform } from '@twelvelabs-nodes/emulator/command-line';
import { requireFreePort } from '@twelvelabs-nodes/emulator/ports';
import { samplesDir } from '@twelvelabs-nodes/emulator/samples';
import { saveCredential } from './credential.ts';
import { saveWorkflow } from './execute.ts';
import { createHome } from './home.ts';
import { publishWorkflow } from './publish.ts';
import { OWNER } from './rest.ts';
import { sampleWorkflows } from './samples.ts';
import { startN8n } from './server.ts';
import type { Workflow } from './workflow.ts';

/** The sample that people see first. */
const FIRST = 'form-to-summary';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The form that starts a workflow. */
function formOf({ nodes }: Workflow): { path: string; title: string } | undefined {
  const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
  if (!trigger) return undefined;
  const { formTitle, options } = trigger.parameters as { formTitle: string; options: { path: string } };
  return { path: options.path, title: formTitle };
}

const flags = commandLine({
  name: 'pnpm n8n',
  about: 'Opens a real n8n with the TwelveLabs node and stays up until Ctrl+C. Everything is temporary.',
  flags: { live: live(), port: port(5678) },
});

await runCommand('n8n failed', async () => {
  await requireFreePort(flags.port);
  await using platform = await startPlatform(flags.live);
  const { account, emulator } = platform;
  // People may want Code nodes, which need a runner.
  const home = await createHome({ env: { N8N_RUNNERS_MODE: 'internal' } });
  await mkdir(home.filesDir, { recursive: true });
  await cp(samplesDir, home.filesDir, { recursive: true });
  say('Starting n8n…');
  const n8n = await startN8n({ home, port: flags.port });
  const credential = await saveCredential(n8n.rest, { apiKey: account.apiKey, baseUrl: account.baseUrl });
  const mediaUrl = emulator ? `${emulator.url}/samples` : 'https://example.com/media';
  const forms: string[] = [];
  const samples = await sampleWorkflows({ credential, mediaUrl, filesDir: home.filesDir });
  // n8n lists the newest first: the one to begin with comes last.
  const names = [...samples.keys()].filter((name) => name !== FIRST).concat(FIRST);
  for (const workflow of names.flatMap((name) => samples.get(name) ?? [])) {
    const id = await saveWorkflow(n8n.rest, workflow);
    const form = formOf(workflow);
    if (!form) continue;
    await publishWorkflow(n8n.rest, id);
    forms.unshift(`${n8n.url}/form/${form.path}   ${form.title}`);
  }
  say(`
  ${platform.lines.join('\n  ')}
  n8n         ${n8n.url}/home/workflows
  Login       ${OWNER.email}   ${OWNER.password}
  Forms       ${forms.join('\n              ')}
  Files       ${home.filesDir}
  Log         ${n8n.process.logFile}

  Ctrl+C ends it and removes everything.`);
  const exit = await n8n.process.ended;
  throw new Error(`it ended with ${exit}.\n${(await readFile(n8n.process.logFile, 'utf8')).slice(-2_000)}`);
});

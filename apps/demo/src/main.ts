/** From a file to an answer, from one command, in a real n8n and a real Node-RED. Exits with 1 and the reason if anything fails. */
import { commandLine, runCommand, startPlatform } from '@twelvelabs-nodes/emulator/command-line';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { DEMO } from './command-line.ts';
import { runInN8n } from './in-n8n.ts';
import { runInNodeRed } from './in-node-red.ts';
import { type Row, rowsOf } from './rows.ts';
import { type Column, table } from './table.ts';
import type { Tasks } from './tasks.ts';

const COLUMNS: readonly Column<Row>[] = [
  { title: 'host', cell: ({ host }) => host },
  { title: 'step', cell: ({ step }) => step },
  { title: 'input', cell: ({ input }) => input },
  { title: 'asset', cell: ({ asset }) => asset },
  { title: 'result', cell: ({ result }) => result },
];

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const flags = commandLine(DEMO);

await runCommand('The demo failed', async () => {
  await using platform = await startPlatform(flags.live);
  const { account, emulator } = platform;
  const url = emulator ? `${emulator.url}/samples/video.mp4` : flags.url;
  const tasks: Tasks = {
    files: [sampleVideo],
    urls: url === undefined ? [] : [url],
    question: 'What happens in this video?',
    index: 'twelvelabs-demo',
    query: 'video',
  };
  say(platform.lines.join('\n'));

  const rows: Row[] = [];
  for (const [name, run] of [
    ['n8n', runInN8n],
    ['Node-RED', runInNodeRed],
  ] as const) {
    say(`Starting a real ${name}…`);
    rows.push(...rowsOf(name, tasks, await run(account, tasks)));
  }
  say(`\n${table(COLUMNS, rows)}\n`);
  say('Each host created assets, asked about the first one, and found it in an index.');
  if (!emulator) say(`The assets, and the index "${tasks.index}", remain in your account.`);
});

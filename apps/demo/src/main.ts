/** The main job, from one command: assets created in a real n8n and a real Node-RED. Exits with 1 and the reason if anything fails. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo as runN8nDemo } from '@twelvelabs-nodes/app-n8n';
import { runDemo as runNodeRedDemo } from '@twelvelabs-nodes/app-node-red';
import { commandLine, startPlatform } from '@twelvelabs-nodes/emulator/command-line';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { checkTogether, DEMO } from './command-line.ts';
import { type Column, table } from './table.ts';

interface Row {
  readonly host: string;
  readonly source: string;
  readonly method: string | undefined;
  readonly _id: string;
  readonly status: string | undefined;
  readonly file_type: string | undefined;
  readonly size: number | undefined;
  readonly duration: number | undefined;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'host', cell: (row) => row.host },
  { title: 'source', cell: (row) => row.source },
  { title: 'method', cell: (row) => row.method ?? '–' },
  { title: '_id', cell: (row) => row._id },
  { title: 'status', cell: (row) => row.status ?? '–' },
  { title: 'file_type', cell: (row) => row.file_type ?? '–' },
  { title: 'size', align: 'right', cell: (row) => (row.size === undefined ? '–' : `${row.size} B`) },
  {
    title: 'duration',
    align: 'right',
    cell: (row) => (row.duration === undefined ? '–' : `${row.duration} s`),
  },
];

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Everything that the hosts and what they run put into a temporary folder goes into one, which goes with the demo. */
function keepTemporaryFilesTogether(): void {
  const folder = mkdtempSync(join(tmpdir(), 'twelvelabs-demo-'));
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}

async function main(): Promise<void> {
  const flags = commandLine(DEMO);
  checkTogether(flags);
  keepTemporaryFilesTogether();
  await using platform = await startPlatform(flags.live);
  const { account, emulator } = platform;
  const url = emulator ? `${emulator.url}/samples/video.mp4` : flags.url;
  const sources = { files: [sampleVideo], urls: url === undefined ? [] : [url] };
  say(platform.lines.join('\n'));

  const rows: Row[] = [];
  for (const [name, runDemo] of [
    ['n8n', runN8nDemo],
    ['Node-RED', runNodeRedDemo],
  ] as const) {
    say(`Starting a real ${name}…`);
    rows.push(...(await runDemo(account, sources)));
  }
  const unready = rows.filter((row) => row.status !== 'ready');
  say(`\n${table(COLUMNS, rows)}\n`);
  if (unready.length > 0) throw new Error(`not ready: ${unready.map((row) => row._id).join(', ')}`);
  say(`${rows.length} assets are ready.`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

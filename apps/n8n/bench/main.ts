/** Fresh `n8n execute` runs, alternated; medians against the targets. */
import { copyFile, link, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSink } from '@twelvelabs-nodes/bench/sink';
import { commandLine, count, onOff } from '@twelvelabs-nodes/emulator/command-line';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { importCredential } from '../src/command-line.ts';
import { createHome } from '../src/home.ts';
import { type Figure, heading, type Measured, median, row } from './fresh-run.ts';
import { prepare, type Uploader, upload } from './uploads.ts';

const MiB = 1024 ** 2;
const flags = commandLine({
  name: 'node bench/main.ts',
  about: 'Uploads from fresh n8n runs, beside the HTTP Request node.',
  flags: {
    quick: onOff('small files, which only show that everything runs'),
    rounds: count('rounds', undefined),
  },
});
const { quick } = flags;
const rounds = flags.rounds ?? (quick ? 1 : 3);
const [small, large, huge] = quick ? [16, 32, 48] : [190, 760, 1024];

const say = (text: string) => process.stdout.write(`${text}\n`);
const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-bench-'));
const home = await createHome({ filesDir: dir });
try {
  // A separate process that only counts. The emulator writes, hashes and parses, and both nodes would wait for it.
  await using sink = await startSink(dir);
  const account = { apiKey: 'tlk_bench', baseUrl: sink.plain.baseUrl };
  await importCredential(home, { id: 'bench', name: 'Bench', data: account });
  const file = async (size: number) => {
    const target = path.join(dir, `media-${size}.mp4`);
    await copyFile(sampleVideo, target);
    await truncate(target, size * MiB);
    return target;
  };
  const runs: Record<string, Measured[]> = {};
  const measure = async (name: string, workflowId: string, assets = 1) => {
    const measured = await upload(home, workflowId, assets);
    runs[name] = [...(runs[name] ?? []), measured];
    say(`${name}: ${JSON.stringify(measured)}`);
  };
  for (const size of [small, large]) {
    const media = await file(size);
    const ids = {
      ours: await prepare(home, 'ours', media, account, { upload: 'direct', checkSize: false }),
      http: await prepare(home, 'http', media, account),
    };
    const both: Uploader[] = ['ours', 'http'];
    for (let round = 0; round < rounds; round++)
      for (const uploader of round % 2 ? both.toReversed() : both)
        await measure(`${uploader} ${size}`, ids[uploader]);
  }
  for (let copy = 1; copy <= 4; copy++) await link(await file(large), path.join(dir, `copy-${copy}.mp4`));
  const copies = path.join(dir, 'copy-*.mp4');
  const four = await prepare(home, 'ours', copies, account, { upload: 'direct', checkSize: false });
  await measure(`ours 4 × ${large}`, four, 4);
  const multipart = await prepare(home, 'ours', await file(huge), account, { upload: 'multipart' });
  await measure(`ours ${huge} by multipart`, multipart);

  say(`\n${'MiB'.padEnd(24)}${heading}`);
  for (const [name, all] of Object.entries(runs)) say(name.padEnd(24) + row(all));

  const of = (name: string, figure: Figure) => median(runs[name] ?? [], figure);
  const ratio = (figure: Figure, one: string, other: string) => of(one, figure) / of(other, figure);
  const peak: Figure = ({ peakRss }) => peakRss;
  const cpu: Figure = (run) => run.cpu;
  const targets: [string, number, number][] = [
    [
      `${large} MiB: CPU from the node's start on, of the HTTP Request node's`,
      ratio((run) => run.cpu - run.cpuBefore, `ours ${large}`, `http ${large}`),
      0.5,
    ],
    [
      `${large} MiB: time in the node, of the HTTP Request node's`,
      ratio(({ inNode }) => inNode, `ours ${large}`, `http ${large}`),
      0.5,
    ],
    [
      `${large} MiB: peak RSS of what it was when the node began`,
      of(`ours ${large}`, ({ peakRss, peakBefore }) => peakRss / peakBefore),
      1.02,
    ],
    [`own peak RSS, 4 files of ${large} MiB to one`, ratio(peak, `ours 4 × ${large}`, `ours ${large}`), 1.15],
    [
      `${small} MiB: peak RSS of the HTTP Request node's`,
      ratio(peak, `ours ${small}`, `http ${small}`),
      0.85,
    ],
    [`${large} MiB: peak RSS of the HTTP Request node's`, ratio(peak, `ours ${large}`, `http ${large}`), 0.5],
    [`${small} MiB: CPU of the HTTP Request node's`, ratio(cpu, `ours ${small}`, `http ${small}`), 0.9],
    [
      'own peak RSS, large to small file',
      Math.max(ratio(peak, `ours ${large}`, `ours ${small}`), ratio(peak, `ours ${small}`, `ours ${large}`)),
      1.05,
    ],
  ];
  say('');
  for (const [name, value, limit] of targets) {
    say(`${value <= limit ? 'met   ' : 'MISSED'}  ${name}: ${value.toFixed(2)} × (at most ${limit})`);
  }
  // Small files show only start-up: a quick run tells that everything works, not how well.
  if (!quick && targets.some(([, value, limit]) => !(value <= limit))) process.exitCode = 1;
} finally {
  await home.remove();
  await rm(dir, { recursive: true, force: true });
}

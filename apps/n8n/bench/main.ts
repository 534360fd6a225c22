/** Fresh `n8n execute` runs, alternated; medians against the targets. */
import { copyFile, link, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSink } from '@twelvelabs-nodes/bench/sink';
import { commandLine, count, onOff } from '@twelvelabs-nodes/emulator/command-line';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { importCredential } from '../src/command-line.ts';
import { createHome } from '../src/home.ts';
import { type Measured, prepare, runFresh, type Uploader } from './uploads.ts';

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
const median = (numbers: number[]) => {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

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
  const medians: Record<string, Measured> = {};
  for (const size of [small, large]) {
    const media = await file(size);
    const ids = {
      nothing: await prepare(home, 'nothing', media, account),
      ours: await prepare(home, 'ours', media, account, { upload: 'direct', checkSize: false }),
      http: await prepare(home, 'http', media, account),
    };
    const runs: Record<Uploader, Measured[]> = { nothing: [], ours: [], http: [] };
    const all = ['nothing', 'ours', 'http'] as const;
    for (let round = 0; round < rounds; round++) {
      for (const uploader of round % 2 ? all.toReversed() : all) {
        const measured = await runFresh(home, ids[uploader], uploader === 'nothing' ? 0 : 1);
        runs[uploader].push(measured);
        say(`${size} MiB, ${uploader}, round ${round + 1}: ${JSON.stringify(measured)}`);
      }
    }
    for (const uploader of all) {
      const of = (field: keyof Measured) => median(runs[uploader].map((one) => one[field]));
      medians[`${uploader} ${size}`] = { peakRss: of('peakRss'), cpu: of('cpu'), inNode: of('inNode') };
    }
  }
  for (let copy = 1; copy <= 4; copy++) await link(await file(large), path.join(dir, `copy-${copy}.mp4`));
  const copies = path.join(dir, 'copy-*.mp4');
  const four = await prepare(home, 'ours', copies, account, { upload: 'direct', checkSize: false });
  medians[`ours 4 × ${large}`] = await runFresh(home, four, 4);
  medians[`ours ${huge} by multipart`] = await runFresh(
    home,
    await prepare(home, 'ours', await file(huge), account, { upload: 'multipart' }),
    1,
  );

  say(`\n${'run'.padEnd(28)}${'peak RSS'.padStart(12)}${'CPU'.padStart(10)}${'in the node'.padStart(14)}`);
  for (const [name, { peakRss, cpu, inNode }] of Object.entries(medians)) {
    const columns = [`${Math.round(peakRss / MiB)} MiB`.padStart(12), `${cpu.toFixed(1)} s`.padStart(10)];
    say(`${name.padEnd(28)}${columns.join('')}${`${inNode.toFixed(1)} s`.padStart(14)}`);
  }

  const ratio = (field: keyof Measured, one: string, other: string) =>
    (medians[one]?.[field] ?? Number.NaN) / (medians[other]?.[field] ?? Number.NaN);
  /** CPU time of the upload alone: without n8n's start and the reading. */
  const uploadCpu = (uploader: Uploader, size: number) =>
    (medians[`${uploader} ${size}`]?.cpu ?? Number.NaN) - (medians[`nothing ${size}`]?.cpu ?? Number.NaN);
  const targets: [string, number, number][] = [
    [
      `${large} MiB: CPU of the upload alone, of the HTTP Request node's`,
      uploadCpu('ours', large) / uploadCpu('http', large),
      0.5,
    ],
    [
      `${large} MiB: time in the node, of the HTTP Request node's`,
      ratio('inNode', `ours ${large}`, `http ${large}`),
      0.5,
    ],
    [
      `own peak RSS, 4 files of ${large} MiB to one`,
      ratio('peakRss', `ours 4 × ${large}`, `ours ${large}`),
      1.15,
    ],
    [
      `${small} MiB: peak RSS of the HTTP Request node's`,
      ratio('peakRss', `ours ${small}`, `http ${small}`),
      0.85,
    ],
    [
      `${large} MiB: peak RSS of the HTTP Request node's`,
      ratio('peakRss', `ours ${large}`, `http ${large}`),
      0.5,
    ],
    [`${small} MiB: CPU of the HTTP Request node's`, ratio('cpu', `ours ${small}`, `http ${small}`), 0.9],
    [`${large} MiB: CPU of the HTTP Request node's`, ratio('cpu', `ours ${large}`, `http ${large}`), 0.75],
    [
      'own peak RSS, large to small file',
      Math.max(
        ratio('peakRss', `ours ${large}`, `ours ${small}`),
        ratio('peakRss', `ours ${small}`, `ours ${large}`),
      ),
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

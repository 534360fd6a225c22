/** Fresh `n8n execute` runs, alternated; medians against the targets. */
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { commandLine, count, onOff } from '@twelvelabs-nodes/emulator/command-line';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { importCredential } from '../src/command-line.ts';
import { createHome } from '../src/home.ts';
import { type Arm, type Measured, prepare, runFresh } from './arms.ts';

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
const everything = 4 * 1024 * MiB;
const emulator = await startEmulator({ limits: { direct: everything, storage: 8 * everything } });
const home = await createHome({ filesDir: dir });
try {
  await importCredential(home, {
    id: 'bench',
    name: 'Bench',
    data: { apiKey: emulator.apiKey, baseUrl: emulator.baseUrl },
  });
  const file = async (size: number) => {
    const target = path.join(dir, `media-${size}.mp4`);
    await copyFile(sampleVideo, target);
    await truncate(target, size * MiB);
    return target;
  };
  const run = async (workflowId: string): Promise<Measured> => {
    const measured = await runFresh(home, workflowId);
    await emulator.reset();
    return measured;
  };

  const medians: Record<string, Measured> = {};
  for (const size of [small, large]) {
    const media = await file(size);
    const ids = {
      ours: await prepare(home, 'ours', media, emulator, { upload: 'direct', checkSize: false }),
      http: await prepare(home, 'http', media, emulator, {}),
    };
    const runs: Record<Arm, Measured[]> = { ours: [], http: [] };
    for (let round = 0; round < rounds; round++) {
      for (const arm of round % 2 ? (['http', 'ours'] as const) : (['ours', 'http'] as const)) {
        const measured = await run(ids[arm]);
        runs[arm].push(measured);
        say(`${size} MiB, ${arm}, round ${round + 1}: ${JSON.stringify(measured)}`);
      }
    }
    for (const arm of ['ours', 'http'] as const) {
      const of = (field: keyof Measured) => median(runs[arm].map((one) => one[field]));
      medians[`${arm} ${size}`] = { peakRss: of('peakRss'), cpu: of('cpu'), inNode: of('inNode') };
    }
  }
  const bySize = await run(await prepare(home, 'ours', await file(huge), emulator, { upload: 'multipart' }));
  medians[`ours ${huge} by multipart`] = bySize;

  say(`\n${'run'.padEnd(28)}${'peak RSS'.padStart(12)}${'CPU'.padStart(10)}${'in the node'.padStart(14)}`);
  for (const [name, { peakRss, cpu, inNode }] of Object.entries(medians)) {
    const columns = [`${Math.round(peakRss / MiB)} MiB`.padStart(12), `${cpu.toFixed(1)} s`.padStart(10)];
    say(`${name.padEnd(28)}${columns.join('')}${`${inNode.toFixed(1)} s`.padStart(14)}`);
  }

  const ratio = (field: keyof Measured, one: string, other: string) =>
    (medians[one]?.[field] ?? Number.NaN) / (medians[other]?.[field] ?? Number.NaN);
  const targets: [string, number, number][] = [
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
  await emulator.close();
  await rm(dir, { recursive: true, force: true });
}

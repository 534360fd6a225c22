import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { type Arm, type Measured, measureStart, measureUpload, type StartCost } from './arms.ts';

// `node bench/main.ts [rounds]`: arms alternate, every upload in a fresh process; medians against the targets.

const MiB = 1024 ** 2;
const rounds = Number(process.argv[2] ?? 3);
const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const folder = await mkdtemp(path.join(tmpdir(), 'node-red-bench-'));
try {
  const file = path.join(folder, 'large.mp4');
  await writeFile(file, '');
  await truncate(file, 190 * MiB);
  await using emulator = await startEmulator();

  const uploads: Measured[] = [];
  const arms: [Arm, number][] = [
    ['ours', 1],
    ['core', 1],
    ['ours', 3],
    ['core', 3],
  ];
  const starts = { with: [] as StartCost[], without: [] as StartCost[] };
  for (let round = 0; round < rounds; round++) {
    for (const [arm, parallel] of arms) {
      uploads.push(await measureUpload(arm, emulator, file, parallel));
      await emulator.reset();
    }
    starts.with.push(await measureStart(true));
    starts.without.push(await measureStart(false));
  }

  const summary = arms.map(([arm, parallel]) => {
    const own = uploads.filter((each) => each.arm === arm && each.parallel === parallel);
    const of = (field: 'baseRss' | 'peakRss' | 'raised' | 'cpu' | 'wall') =>
      median(own.map((each) => each[field]));
    return {
      arm,
      parallel,
      peak: of('peakRss') / MiB,
      raised: of('raised') / MiB,
      cpu: of('cpu'),
      wall: of('wall'),
    };
  });
  const [ours, core, three] = summary;
  const more = (field: keyof StartCost) =>
    median(starts.with.map((each) => each[field])) - median(starts.without.map((each) => each[field]));
  const targets = {
    'raises the peak by at most 60 MiB': ours?.raised,
    'CPU at most 0.65 of core nodes': (ours?.cpu ?? 0) / (core?.cpu ?? 1),
    'three at once at most 30 MiB above one': (three?.raised ?? 0) - (ours?.raised ?? 0),
    'start-up at most 60 ms more': more('wall'),
    'start-up, CPU ms more': more('cpu'),
  };
  process.stdout.write(`${JSON.stringify({ rounds, summary, targets }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

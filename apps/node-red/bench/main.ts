import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { commandLine, count, onOff } from '@twelvelabs-nodes/emulator/command-line';
import { type Arm, type Measured, measureStarts, measureUpload, type StartCost } from './arms.ts';

// Arms alternate, every upload in a fresh process; medians against the targets.

const MiB = 1024 ** 2;
const flags = commandLine({
  name: 'node bench/main.ts',
  about: 'Uploads and starts of Node-RED, with its own nodes and with this package.',
  flags: { quick: onOff('one round'), rounds: count('rounds', 3) },
});
const rounds = flags.quick ? 1 : flags.rounds;
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
  // Start-up is over in a second, and other work on the machine shows: more rounds of it.
  const starts = await measureStarts(rounds * 5);
  for (let round = 0; round < rounds; round++) {
    for (const [arm, parallel] of arms) {
      uploads.push(await measureUpload(arm, emulator, file, parallel));
      await emulator.reset();
    }
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
  // The fastest starts: whatever else runs on the machine only ever adds to them.
  const more = (field: keyof StartCost) =>
    Math.min(...starts.with.map((each) => each[field])) -
    Math.min(...starts.without.map((each) => each[field]));
  const line = (...cells: (string | number)[]) =>
    process.stdout.write(`${cells.map((cell) => String(cell).padEnd(34)).join('')}\n`);
  line('190 MiB from a path', 'over base (MiB)', 'CPU (s)', 'wall (s)');
  for (const { arm, parallel, raised, cpu, wall } of summary) {
    const name = `${arm === 'ours' ? 'create asset' : 'file in, http request'}, ${parallel} at once`;
    line(name, raised.toFixed(1), cpu.toFixed(2), wall.toFixed(2));
  }
  line('');
  line('target', 'limit', 'measured', '');
  const target = (name: string, limit: number, measured: number, digits = 1) =>
    line(name, limit, measured.toFixed(digits), measured <= limit ? 'met' : 'MISSED');
  target('over base, one (MiB)', 60, ours?.raised ?? Number.NaN);
  target('CPU of core nodes (ratio)', 0.65, (ours?.cpu ?? Number.NaN) / (core?.cpu ?? Number.NaN), 2);
  target('three over one (MiB)', 30, (three?.raised ?? Number.NaN) - (ours?.raised ?? Number.NaN));
  target('start-up with the nodes (ms more)', 60, more('wall'));
  line('  the same, CPU time (ms more)', '', more('cpu').toFixed(0));
} finally {
  await rm(folder, { recursive: true, force: true });
}

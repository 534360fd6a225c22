import { commandLine, count } from '@twelvelabs-nodes/emulator/command-line';
import { fuzz, share, TARGETS } from './run.ts';

const flags = commandLine({
  name: 'pnpm --filter @twelvelabs-nodes/proof fuzz',
  about: 'Feeds made-up input to core, the emulator and the nodes.',
  flags: {
    cases: count('cases over all targets, or of the one that --only names', 20_000),
    seed: count('the same seed makes the same cases', 20_261_122),
    only: {
      help: 'targets whose name contains this',
      value: 'NAME',
      read(given) {
        if (given === undefined || TARGETS.some(({ name }) => name.includes(given))) return given;
        throw new Error(`must be in the name of a target: ${TARGETS.map(({ name }) => name).join(', ')}`);
      },
    },
  },
});
const { cases, seed, only } = flags;
const say = (line: string) => process.stdout.write(`${line}\n`);

say(`seed ${seed}`);
let total = 0;
for (const target of TARGETS) {
  if (only !== undefined && !target.name.includes(only)) continue;
  const count = only === undefined ? share(target, cases) : cases;
  const { took, failure } = await fuzz(target, count, seed);
  total += count;
  say(
    `${failure === undefined ? 'ok  ' : 'FAIL'} ${target.name}: ${count} cases in ${(took / 1000).toFixed(1)} s`,
  );
  if (failure !== undefined) {
    say(failure);
    process.exitCode = 1;
  }
}
say(`${total} cases`);

import { parseArgs } from 'node:util';
import { fuzz, share, TARGETS } from './run.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '20261122' },
    only: { type: 'string' },
  },
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
});
const cases = Number(values.cases);
const seed = Number(values.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);

say(`seed ${seed}`);
let total = 0;
for (const target of TARGETS) {
  if (values.only !== undefined && !target.name.includes(values.only)) continue;
  const count = values.only === undefined ? share(target, cases) : cases;
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

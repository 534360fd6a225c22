import { growthSince, type Probe, type Usage } from '../runners/probe.ts';
import type { Runner } from '../runners/runner.ts';
import { type Addresses, FAULTS } from './faults.ts';
import { FILE_SIZE } from './media.ts';
import { type MatrixFiles, type MatrixOptions, type MatrixResult, runMatrix } from './run.ts';

/** What a runner used before the matrix and after it. */
export interface Change {
  readonly runner: Runner['name'];
  readonly before: Usage;
  readonly after: Usage;
  readonly wrong: readonly string[];
}

/**
 * Runs the matrix, and checks that each runner is back to what it used before: the same descriptors at most, and no more live
 * memory than one file takes. A create that kept its file would be over that. "Before" is after creates without a fault,
 * for what a host loads and opens when it is first used.
 */
export async function runAndCompare(
  runners: readonly Runner[],
  files: MatrixFiles,
  addresses: Addresses,
  key: string,
  options: MatrixOptions,
): Promise<{ results: MatrixResult[]; changes: Change[] }> {
  const none = FAULTS.filter(({ name }) => name === 'none');
  await runMatrix(runners, files, addresses, key, { ...options, faults: [...none, ...none, ...none] });
  const watched: { name: Runner['name']; probe: Probe; before: Usage }[] = [];
  for (const { name, probe } of runners)
    if (probe) watched.push({ name, probe, before: await probe.usage() });
  const results = await runMatrix(runners, files, addresses, key, options);
  const changes: Change[] = [];
  for (const { name, probe, before } of watched) {
    const wrong = await growthSince(probe, before, FILE_SIZE);
    changes.push({ runner: name, before, after: await probe.usage(), wrong });
  }
  return { results, changes };
}

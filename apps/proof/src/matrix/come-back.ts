import type { Party } from '../parties/party.ts';
import { type Held, notBack, type Probe } from '../parties/probe.ts';
import { FAULTS, type Places } from './faults.ts';
import { type CellResult, type MatrixFiles, type MatrixOptions, runMatrix } from './run.ts';

/** Bytes of the file that every cell sends. */
export const FILE_SIZE = 12 * 1024 ** 2;

/** What a party held before all cells and after them. */
export interface Change {
  readonly party: Party['name'];
  readonly before: Held;
  readonly after: Held;
  readonly wrong: readonly string[];
}

/**
 * Runs cells, and looks that each party is back to what it held before: the same descriptors at most, and no more live
 * memory than one file takes. A cell that kept its file would be over that. "Before" is after creates without a fault,
 * for what a host loads and opens when it is first used.
 */
export async function runAndComeBack(
  parties: readonly Party[],
  files: MatrixFiles,
  places: Places,
  key: string,
  options: MatrixOptions,
): Promise<{ results: CellResult[]; changes: Change[] }> {
  const none = FAULTS.filter(({ name }) => name === 'none');
  await runMatrix(parties, files, places, key, { ...options, faults: [...none, ...none, ...none] });
  const watched: { name: Party['name']; probe: Probe; before: Held }[] = [];
  for (const { name, probe } of parties) if (probe) watched.push({ name, probe, before: await probe.held() });
  const results = await runMatrix(parties, files, places, key, options);
  const changes: Change[] = [];
  for (const { name, probe, before } of watched) {
    const wrong = await notBack(probe, before, FILE_SIZE);
    changes.push({ party: name, before, after: await probe.held(), wrong });
  }
  return { results, changes };
}

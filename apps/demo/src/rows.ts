import type { Results, Tasks } from './tasks.ts';

/** One line of the demo's table. */
export interface Row {
  readonly host: string;
  readonly step: 'create' | 'ask' | 'search';
  readonly input: string;
  /** The ID of the asset. */
  readonly asset: string;
  readonly result: string;
}

/** The longest answer that the table shows, in characters. */
const LONGEST = 72;

/**
 * What a host returned, as lines of the table.
 * @throws {Error} when an asset is not ready, the answer is empty, or the search did not find the first asset
 */
export function rowsOf(host: string, { question, query }: Tasks, { created, answer, clips }: Results): Row[] {
  const unready = created.filter(({ asset }) => asset.status !== 'ready');
  if (unready.length > 0)
    throw new Error(`${host}, not ready: ${unready.map(({ asset }) => asset._id).join(', ')}`);
  const first = String(created[0]?.asset._id);
  if (answer.trim() === '') throw new Error(`${host}, the answer about ${first} is empty`);
  const clip = clips.find(({ asset_id }) => asset_id === first);
  if (!clip) throw new Error(`${host}, the search for "${query}" did not find ${first}`);
  return [
    ...created.map(({ source, asset }): Row => {
      const { _id, status, file_type, size, duration } = asset;
      const result = `${status}, ${file_type}, ${size} B, ${duration} s`;
      return { host, step: 'create', input: source, asset: String(_id), result };
    }),
    { host, step: 'ask', input: question, asset: first, result: shortened(answer) },
    { host, step: 'search', input: query, asset: first, result: `found, ${clip.start} to ${clip.end} s` },
  ];
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

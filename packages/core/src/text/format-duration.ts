import { formatSeconds } from './format-seconds.ts';

/** Formats milliseconds in words: `250 ms`, `4 s`, `30 min`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds} ms` : formatSeconds(milliseconds / 1_000);
}

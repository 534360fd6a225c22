import { formatBytes } from './format-bytes.ts';

/** Two byte counts in words; in bytes where both would read alike. */
export function twoSizes(one: number, other: number): readonly [one: string, other: string] {
  const words = [formatBytes(one), formatBytes(other)] as const;
  if (one === other || words[0] !== words[1]) return words;
  return [`${one.toLocaleString('en-US')} bytes`, `${other.toLocaleString('en-US')} bytes`];
}

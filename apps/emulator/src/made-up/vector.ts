import { createHash } from 'node:crypto';
import { words } from './words.ts';

/** Numbers of a vector. Source: "Create embeddings". */
export const dimensions = 512;

/**
 * A made-up embedding: a unit vector that is the same for the same text, and closer to that of another text the more
 * words the two have in common.
 *
 * @param text what is embedded, or what is known of it.
 * @param place makes vectors of the same text differ a little, such as those of parts of a video.
 */
export function madeUpVector(text: string, place = ''): number[] {
  const sum = directionOf(`place ${place}`).map((value) => value / 4);
  for (const word of new Set(words(text))) {
    for (const [index, value] of directionOf(word).entries()) sum[index] = (sum[index] ?? 0) + value;
  }
  const length = Math.hypot(...sum);
  return sum.map((value) => Number((value / length).toFixed(6)));
}

/** A vector of 1 and -1 by the bits of a hash: two of them are nearly at right angles. */
function directionOf(word: string): number[] {
  const bits = createHash('shake256', { outputLength: dimensions / 8 })
    .update(word)
    .digest();
  return Array.from({ length: dimensions }, (_, index) => ((bits[index >> 3] ?? 0) >> (index & 7)) & 1 || -1);
}

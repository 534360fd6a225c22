import { expect, it } from 'vitest';
import { fuzz, share, TARGETS } from '../../src/fuzz/run.ts';

// A slice of what `pnpm --filter proof fuzz` runs; the seed is printed with a failure.
const SLICE = 4_000;
const seed = 20_261_122;

it.each(TARGETS.map((target) => [target.name, target] as const))('%s', async (_, target) => {
  const { failure } = await fuzz(target, share(target, SLICE), seed);
  expect(failure).toBeUndefined();
});

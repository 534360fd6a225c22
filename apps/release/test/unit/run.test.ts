import { expect, it } from 'vitest';
import { run } from '../../src/run.ts';

const cwd = import.meta.dirname;

it('a program that does not end is ended, and what it said is told, also while something it started lives on', async () => {
  // Its child holds the same standard output, and is not ended with it.
  const script = 'echo "waiting for the registry"; sleep 4 & wait';
  await expect(run('bash', ['-c', script], { cwd, limit: 1_500 })).rejects.toThrow(
    /^bash .* did not end within 1500 ms:\nwaiting for the registry\n/,
  );
});

it('a program that ends is told with its code and both its outputs', async () => {
  expect(await run('bash', ['-c', 'echo out; echo err >&2; exit 3'], { cwd })).toEqual({
    code: 3,
    stdout: 'out\n',
    stderr: 'err\n',
  });
});

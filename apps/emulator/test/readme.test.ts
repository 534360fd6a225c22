import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { faultAction } from '../src/faults/schema.ts';
import { optionsSchema } from '../src/options.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${folder}/README.md`, 'utf8');

test('the example runs and prints what it says', () => {
  const code = /```ts\n([\s\S]+?)```/.exec(readme)?.[1] ?? '';
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  const lines = run.stdout.trim().split('\n');
  const promised = [...code.matchAll(/\/\/ (\d+)$/gm)].map((match) => match[1]);
  expect(lines.slice(0, 2)).toEqual(promised);
  expect(lines[2]).toContain("[ 'POST', '/v1.3/assets', 503 ]");
});

test('it names every option and every fault', () => {
  for (const option of Object.keys(optionsSchema.shape)) expect(readme).toContain(`\`${option}`);
  for (const action of faultAction.options)
    expect(readme).toContain(`| \`${[...action.shape.type.values][0]}\` `);
});

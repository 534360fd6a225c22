import { expect, test } from 'vitest';
import { makeClient } from '../src/runtime/config-node.ts';

const baseUrl = 'https://api.example/v1.3';
/** A variable as people write it into a field. */
const variable = (name: string) => `\${${name}}`;

test.each([
  ['a key', { apiKey: variable('KEY'), baseUrl }, 'apiKey', 'must be set'],
  ["a key in Node-RED's older form", { apiKey: '$(KEY)', baseUrl }, 'apiKey', 'must be set'],
  ['a key with a blank', { apiKey: ` ${variable('KEY')}`, baseUrl }, 'apiKey', 'alone'],
  ['a host', { apiKey: 'tlk_a', baseUrl: `https://${variable('HOST')}/v1.3` }, 'baseUrl', 'alone'],
])('a variable that Node-RED left is reported before anything is sent: %s', async (_, given, field, rule) => {
  await expect(makeClient(given)).rejects.toMatchObject({
    issues: [{ field, rule: 'variable', message: expect.stringContaining(rule) }],
  });
});

test('text that only begins a variable, over and over, takes no time', async () => {
  const begun = performance.now();
  await expect(makeClient({ apiKey: '${'.repeat(200_000), baseUrl })).rejects.toThrow();
  await expect(makeClient({ apiKey: '$('.repeat(200_000), baseUrl })).rejects.toThrow();
  expect(performance.now() - begun).toBeLessThan(2_000);
});

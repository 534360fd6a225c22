import { expect, it } from 'vitest';
import { startCommand } from './command.ts';

it('creates, asks and finds in two hosts, prints a table, and leaves no process and no file behind', async () => {
  await using demo = await startCommand('demo/src/main.ts');
  const code = await demo.ended;
  expect(demo.output()).toMatch(
    /Each host created assets, asked about the first one, and found it in an index\./,
  );
  expect(code).toBe(0);
  const rows = (demo.output().match(/^(n8n|Node-RED) .*$/gm) ?? []).map((row) => row.split(/ {2,}/));
  const ready = 'ready, video/mp4, 180497 B, 5 s';
  expect(rows.map(([host, step, , , result]) => [host, step, result])).toEqual(
    ['n8n', 'Node-RED'].flatMap((host) => [
      [host, 'create', ready],
      [host, 'create', ready],
      [host, 'ask', expect.stringContaining('You asked: "What happens')],
      [host, 'search', 'found, 0 to 5 s'],
    ]),
  );
  expect(await demo.leftovers()).toEqual([]);
});

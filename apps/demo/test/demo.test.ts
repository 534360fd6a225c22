import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTogether } from '../src/command-line.ts';

const script = resolve(import.meta.dirname, '../src/main.ts');

describe('the demo', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('creates, asks and finds in two hosts, prints a table, and leaves no process and no file behind', async () => {
    // The demo gets its own process group and temporary folder, so that the test can list what remains.
    const demo = spawn(process.execPath, [script], {
      detached: true,
      env: { ...process.env, TMPDIR: folder },
    });
    let output = '';
    demo.stdout.on('data', (chunk) => (output += chunk));
    demo.stderr.on('data', (chunk) => (output += chunk));
    const [code] = await once(demo, 'close');
    expect(output).toMatch(/Each host created assets, asked about the first one, and found it in an index\./);
    expect(code).toBe(0);
    const rows = (output.match(/^(n8n|Node-RED) .*$/gm) ?? []).map((row) => row.split(/ {2,}/));
    const ready = 'ready, video/mp4, 180497 B, 5 s';
    expect(rows.map(([host, step, , , result]) => [host, step, result])).toEqual(
      ['n8n', 'Node-RED'].flatMap((host) => [
        [host, 'create', ready],
        [host, 'create', ready],
        [host, 'ask', expect.stringContaining('You asked: "What happens')],
        [host, 'search', 'found, 0 to 5 s'],
      ]),
    );
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'pgid=,args=']);
    expect(stdout.split('\n').filter((line) => line.trim().startsWith(`${demo.pid} `))).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});

it('--url without --live is an error', () => {
  expect(() => checkTogether({ live: undefined, url: 'https://example.org/a.mp4' })).toThrow(
    /--url goes with --live/,
  );
});

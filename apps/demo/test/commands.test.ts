import { once } from 'node:events';
import { watch } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startCommand } from './command.ts';

it.each(['n8n/src/main.ts', 'n8n/src/queue.ts', 'node-red/src/main.ts'])(
  '%s reports a port that is in use, before anything is started',
  async (script) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await using command = await startCommand(script, ['--port', String(port)]);
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(
      new RegExp(
        `failed: port ${port} is in use\\. Choose another one with --port, or 0 for a free one\\.\n$`,
      ),
    );
    expect(await command.leftovers()).toEqual([]);
    other.close();
  },
);

it.each(['n8n/src/main.ts', 'node-red/src/main.ts'])(
  '%s leaves no process and no file when it is stopped while it starts',
  async (script) => {
    await using command = await startCommand(script, ['--port', '0']);
    // Its temporary folder, and then the first one in it: from here on there is something to leave.
    for await (const { filename } of watch(command.folder, { recursive: true }))
      if (filename?.includes('/')) break;
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(143);
    await expect.poll(() => command.leftovers()).toEqual([]);
  },
);

it('says that --url goes with --live, and how it is used', async () => {
  await using command = await startCommand('demo/src/main.ts', ['--url', 'https://example.org/a.mp4']);
  expect(await command.ended).toBe(2);
  expect(command.output()).toMatch(/^--url goes with --live: .*\n\nUsage: pnpm demo/);
});

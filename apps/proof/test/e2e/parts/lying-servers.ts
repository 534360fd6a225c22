import { describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import { attackHost } from '../../../src/hostile/attack-host.ts';
import { HOST_ATTACKS } from '../../../src/hostile/host-attacks.ts';
import { hostileServer, json } from '../../../src/hostile/server.ts';
import type { Hosts } from '../../../src/hosts.ts';
import { FILE_SIZE } from '../../../src/matrix/media.ts';
import { growthSince, peakDuring } from '../../../src/runners/probe.ts';

const FORGED = 'forged: the key was accepted';

export const lyingServers = (hosts: () => Hosts) =>
  describe.each(['n8n', 'Node-RED'] as const)('servers that lie, for %s', (name) => {
    it('forge no line of its log by the names in an answer', async () => {
      const { n8n, nodeRed } = hosts();
      const asset = {
        _id: '65f0a0b1c2d3e4f5a6b7c8d9',
        filename: `a\r\n${FORGED}\u001b[2J ${'x'.repeat(1_000_000)}`,
        status: 'ready',
      };
      await using server = await hostileServer(json(asset, 201));
      const account = { baseUrl: `${server.url}/v1.3`, apiKey: MARKER };
      const params = { method: 'url', url: 'https://media.invalid/a.mp4' };
      const runner = name === 'n8n' ? n8n : nodeRed;
      expect(await runner.create(params, {}, account)).toHaveProperty('asset');
      const log = name === 'n8n' ? n8n.driver.n8n.process.output() : nodeRed.driver.nodeRed.log;
      const wrong = log.split('\n').filter((line) => line.startsWith(FORGED) || line.length > 5_000);
      expect(wrong.map((line) => line.slice(0, 100))).toEqual([]);
    });

    it('end in short errors of ours, in bounded time and memory, and leave nothing open', {
      timeout: 300_000,
    }, async () => {
      const { n8n, nodeRed, small, large } = hosts();
      const runner = name === 'n8n' ? n8n : nodeRed;
      const before = await runner.probe.usage();
      const wrong: Record<string, readonly string[]> = {};
      const todo = HOST_ATTACKS.values();
      const worker = async () => {
        for (const attack of todo) {
          const found = await attackHost(runner, attack, { small, large });
          if (found.length > 0) wrong[attack.name] = found;
        }
      };
      const peak = await peakDuring(runner.pid, () => Promise.all([1, 2, 3, 4].map(worker)));
      expect(wrong).toEqual({});
      // The bomb alone unpacks to that, and what has no end has no size at all.
      expect(peak - before.resident).toBeLessThan(1024 ** 3);
      expect(await growthSince(runner.probe, before, FILE_SIZE)).toEqual([]);
    });
  });

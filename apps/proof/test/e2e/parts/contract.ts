import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it, vi } from 'vitest';
import { CASES } from '../../../src/contract/cases.ts';
import { sentTo } from '../../../src/contract/sent.ts';
import { summaryOf } from '../../../src/contract/summary.ts';
import type { Hosts } from '../../../src/hosts.ts';
import { totalOf } from '../../../src/platform.ts';

export const contract = (hosts: () => Hosts) =>
  describe('the contract: one input gives the same fields, bytes and errors everywhere', () => {
    it.each(CASES.map((one) => [one.name, one] as const))('%s', async (_, one) => {
      const { runners, files } = hosts();
      const results = await Promise.all(
        runners
          .filter(({ runner }) => !one.without?.[runner.name])
          .map(async ({ runner, emulator }) => {
            const before = emulator.requests().length;
            const apiKey =
              one.key === 'wrong' ? 'tlk_wrong' : one.key === 'missing' ? undefined : emulator.apiKey;
            const account = { baseUrl: emulator.baseUrl, apiKey };
            const outcome = await runner.create(one.params(files), one.options ?? {}, account);
            await emulator.settled();
            return { name: runner.name, outcome, sent: sentTo(emulator, before) };
          }),
      );
      const [core, ...others] = results;
      if (!core) throw new Error('nobody was asked');
      const { expected } = one;
      if (expected === 'created') expect(summaryOf(core.outcome)).toHaveProperty('created');
      else expect(summaryOf(core.outcome)).toEqual(expected);
      if (typeof expected === 'object' && 'refused' in expected) expect(core.sent).toEqual([]);
      for (const host of others) {
        const ends = one.differs?.[host.name] ?? summaryOf(core.outcome);
        expect({ [host.name]: summaryOf(host.outcome) }).toEqual({ [host.name]: ends });
        expect({ [host.name]: host.sent }).toEqual({ [host.name]: core.sent });
      }
    });

    // n8n has the file in its own storage by then.
    it.each(['core', 'Node-RED'] as const)('a file that vanishes while %s sends it', async (name) => {
      const { runner, emulator } = hosts().runnerOf(name);
      await emulator.reset();
      const path = join(hosts().files.dir, 'vanishing.mp4');
      await copyFile(sampleVideo, path);
      // Sent once, refused by a limit, and to be sent again: by then the file is gone.
      const limit = { type: 'respond', status: 429, headers: { 'retry-after': '1' } } as const;
      emulator.addFaults([{ match: { method: 'POST', path: '/v1.3/assets' }, action: limit }]);
      const { baseUrl, apiKey } = emulator;
      const running = runner.create({ method: 'direct', file: { path } }, {}, { baseUrl, apiKey });
      await vi.waitUntil(() => emulator.requests().some(({ status }) => status === 429), { timeout: 60_000 });
      await rm(path);
      expect((await running).error?.code).toBe('file_read');
      expect(await totalOf(emulator)).toBe(0);
    });
  });

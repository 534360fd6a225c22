import { describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import type { Hosts } from '../../../src/hosts.ts';
import { runLoad } from '../../../src/load/run.ts';

export const load = (hosts: () => Hosts) =>
  describe('load, a little', () => {
    it.each(['core', 'n8n', 'Node-RED'] as const)(
      '%s creates all, none twice, under the limit',
      async (name) => {
        const { runner } = hosts().runnerOf(name);
        const options = { creates: 40, limit: 20, windowSeconds: 2, key: MARKER };
        const result = await runLoad(runner, options);
        expect(result).toMatchObject({ failed: [], doubled: 0, missing: 0 });
        expect(result.mostInWindow).toBeLessThanOrEqual(options.limit);
      },
    );
  });

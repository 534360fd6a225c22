import { describe, expect, it } from 'vitest';
import { CALL_FAULTS } from '../../../src/calls/faults.ts';
import { runCalls } from '../../../src/calls/run.ts';
import { coreCalls, n8nCalls, nodeRedCalls } from '../../../src/calls/runners.ts';
import { MARKER } from '../../../src/hostile/attack.ts';
import type { Hosts } from '../../../src/hosts.ts';

/** One of each kind; `pnpm --filter proof matrix` runs all. */
const SLICE = [
  'reset after the body, stored',
  'HTTP 429',
  'an error that quotes the key, in 5 MB',
  'an HTML page for an answer',
];

export const calls = (hosts: () => Hosts) =>
  describe('the calls beyond assets, under faults', () => {
    it('end as it was written down, and nothing is billed twice', { timeout: 300_000 }, async () => {
      const { n8n, nodeRed } = hosts();
      const faults = CALL_FAULTS.filter(({ name }) => SLICE.includes(name));
      expect(faults).toHaveLength(SLICE.length);
      const runners = [coreCalls, n8nCalls(n8n), nodeRedCalls(nodeRed)];
      const results = await runCalls(runners, { key: MARKER, faults });
      expect(results.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      expect(new Set(results.map(({ runner }) => runner))).toEqual(new Set(['core', 'n8n', 'Node-RED']));
    });
  });

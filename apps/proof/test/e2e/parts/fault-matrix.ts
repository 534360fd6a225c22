import { describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import type { Hosts } from '../../../src/hosts.ts';
import { FAULTS } from '../../../src/matrix/faults.ts';
import { runAndCompare } from '../../../src/matrix/resource-growth.ts';

/** One of each kind; `pnpm --filter proof matrix` runs all. */
const SLICE = [
  'TLS with unknown CA',
  'proxy refusing',
  'reset during the body',
  'reset after the body, stored',
  'stall while receiving, stored',
  'HTTP 503',
  'an HTML page for an answer',
  'redirect to another origin',
  'corrupted ETag',
];

export const faultMatrix = (hosts: () => Hosts) =>
  describe('the fault matrix, in part', () => {
    it('ends as it was written down', { timeout: 300_000 }, async () => {
      const { runners, large, addresses } = hosts();
      const faults = FAULTS.filter(({ name }) => SLICE.includes(name));
      expect(faults).toHaveLength(SLICE.length);
      const all = runners.map(({ runner }) => runner);
      const files = { video: large, url: 'https://media.invalid/clip.mp4' };
      const { results, changes } = await runAndCompare(all, files, addresses, MARKER, { faults });
      expect(results.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      expect(changes.map(({ runner }) => runner)).toEqual(['n8n', 'Node-RED']);
      expect(changes.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      expect(addresses.strayed()).toBe(0);
    });
  });

import { describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import type { Hosts } from '../../../src/hosts.ts';
import { exportHosts } from '../../../src/secrecy/traces.ts';

export const secrecy = (hosts: () => Hosts) =>
  describe('secrecy', () => {
    it('has left no trace of the key: databases, flows, exports, logs, temporary files, answers of both hosts', async () => {
      const { watched, n8n, nodeRed } = hosts();
      await exportHosts(watched.folder, { n8n, nodeRed });
      const known = ['Create one asset', 'twelvelabs-create-asset', 'twelveLabsApi'] as const;
      const { found, files, dumps } = await watched.search(MARKER, ...known);
      expect(found.filter(({ text }) => text === MARKER)).toEqual([]);
      expect(dumps).toEqual([]);
      expect(files).toBeGreaterThan(100);
      // What is known to be there is found: the search reads the database, the flows, the exports and the logs.
      const where = (text: string) =>
        found
          .filter((hit) => hit.text === text)
          .map(({ path }) => path)
          .join();
      expect(where(known[0])).toMatch(/sqlite/);
      expect(where(known[0])).toMatch(/n8n-workflow\.json/);
      expect(where(known[1])).toMatch(/flows\.json/);
      expect(where(known[1])).toMatch(/node-red\.txt/);
      expect(where(known[2])).toMatch(/n8n-credentials\.json/);
    });
  });

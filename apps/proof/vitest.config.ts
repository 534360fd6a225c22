import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.reporters.ts';

export default defineConfig({
  test: {
    reporters,
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'hostile',
          include: ['test/hostile/**/*.test.ts'],
          testTimeout: 15_000,
          pool: 'forks',
          // A bomb that unpacks in memory ends the process, and so the suite.
          execArgv: ['--max-old-space-size=192'],
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          // A first start of n8n migrates its database, and is given three minutes.
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

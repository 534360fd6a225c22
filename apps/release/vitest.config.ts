import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/e2e/install-*.test.ts'],
          globalSetup: ['test/e2e/pack.setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
        },
      },
      // By a command of its own: npm sometimes waits for minutes for a registry, and a package manager's answer is no
      // finding about this repository.
      {
        test: {
          name: 'installs',
          include: ['test/e2e/install-*.test.ts'],
          globalSetup: ['test/e2e/pack.setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});

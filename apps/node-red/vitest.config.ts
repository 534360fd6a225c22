import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/pack-once.ts'],
    // Real processes on two cores: a wait is only ever ended by these.
    testTimeout: 45_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

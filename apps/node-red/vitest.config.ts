import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.reporters.ts';

export default defineConfig({
  test: {
    reporters,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/pack-once.ts'],
    // Real processes on two cores: a wait is only ever ended by these.
    testTimeout: 45_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});

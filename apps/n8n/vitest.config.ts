import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.reporters.ts';

export default defineConfig({
  test: {
    reporters,
    include: ['test/**/*.test.ts'],
    // One n8n server for all files: starting one costs ten seconds of processor time.
    globalSetup: ['test/support/shared-n8n.ts'],
    // The n8n server is the bottleneck: files side by side would only wait for each other.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});

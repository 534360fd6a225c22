import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.reporters.ts';

export default defineConfig({
  // Starting a real n8n takes most of a minute on a small machine that does other things too.
  test: {
    reporters,
    testTimeout: 300_000,
  },
});

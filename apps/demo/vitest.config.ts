import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Starting a real n8n takes most of a minute on a small machine that does other things too.
  test: { testTimeout: 300_000 },
});

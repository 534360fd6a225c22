import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.reporters.ts';

export default defineConfig({
  test: {
    reporters,
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.mts'], exclude: ['test/**/*.e2e.test.mts'] } },
      // `.mts`: n8n's linter holds every `.ts` to what may run on n8n Cloud.
      // Seconds of linting each: not for every save.
      { test: { name: 'e2e', include: ['test/**/*.e2e.test.mts'], testTimeout: 120_000 } },
    ],
  },
});

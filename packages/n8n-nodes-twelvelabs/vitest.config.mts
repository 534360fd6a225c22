import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.reporters.ts';

// As n8n loads it. Vite would take its ES modules, whose source maps name files that are not there, and warn of each.
const alias = { 'n8n-workflow': createRequire(import.meta.url).resolve('n8n-workflow') };

export default defineConfig({
  test: {
    reporters,
    projects: [
      {
        resolve: { alias },
        test: { name: 'unit', include: ['test/**/*.test.mts'], exclude: ['test/**/*.e2e.test.mts'] },
      },
      // `.mts`: n8n's linter holds every `.ts` to what may run on n8n Cloud.
      // Seconds of linting each: not for every save.
      { test: { name: 'e2e', include: ['test/**/*.e2e.test.mts'], testTimeout: 120_000 } },
    ],
  },
});

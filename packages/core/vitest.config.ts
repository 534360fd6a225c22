import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.reporters.ts';

/** Instead of core's source, as tests import it, what is published: the build bundles its dependencies, in part. */
const built = [
  {
    find: /^(?:\.\.\/)+src\/node\/index\.ts$/,
    replacement: fileURLToPath(new URL('dist/node/index.mjs', import.meta.url)),
  },
  {
    find: /^(?:\.\.\/)+src\/index\.ts$/,
    replacement: fileURLToPath(new URL('dist/index.mjs', import.meta.url)),
  },
];
const BUILT = [
  'transport',
  'connections',
  'proxy',
  'tls',
  'read-range',
  'files',
  'create-node-assets-client',
];

export default defineConfig({
  test: {
    reporters,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.e2e.test.ts'],
          testTimeout: 60_000,
        },
      },
      // Files of the largest size that the platform takes.
      { test: { name: 'e2e', include: ['test/**/*.e2e.test.ts'], testTimeout: 300_000 } },
      {
        resolve: { alias: built },
        test: {
          name: 'built',
          include: BUILT.map((name) => `test/node/${name}.test.ts`),
          testTimeout: 60_000,
        },
      },
    ],
  },
});

import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';
import { writeLicenses } from '../core/build/licenses.ts';
import { entries, writeNodes } from './build/node-folders.ts';

const { resolve } = createRequire(import.meta.url);
const core = (entry: string) => fileURLToPath(new URL(`../core/src/${entry}`, import.meta.url));

export default defineConfig([
  {
    entry: entries,
    outDir: 'dist',
    // Node-RED 4 loads nodes by `require`, which takes no ES module on Node.js 22.9.
    format: 'cjs',
    onSuccess: async () => {
      await writeFile('dist/package.json', '{ "type": "commonjs" }\n');
      await writeNodes('dist');
      const bundled = ['zod', 'ipaddr.js', dirname(resolve('undici-7/package.json'))];
      await writeLicenses(bundled, 'dist/THIRD-PARTY-LICENSES.txt');
    },
    // Node-RED's own minimum, and what `engines` declares; the tests run the packed package on exactly that one.
    target: 'node22.9',
    platform: 'node',
    // Core's transport is written for undici 8, which needs Node.js 22.19 and fails on 22.9. Its maintained
    // predecessor has the same interface and runs from Node.js 20.18, so that is what these nodes bundle.
    // Core's source, not its build: that one has undici 8 in it.
    alias: {
      undici: resolve('undici-7'),
      '@twelvelabs-nodes/core$': core('index.ts'),
      '@twelvelabs-nodes/core/node$': core('node/index.ts'),
    },
    outExtensions: () => ({ js: '.js' }),
    dts: false,
    sourcemap: true,
  },
  {
    // What the pages share in the browser; Node-RED serves this folder.
    entry: { editor: 'src/editor/index.ts' },
    outDir: 'resources',
    format: 'iife',
    globalName: 'TwelveLabsEditor',
    target: 'es2022',
    platform: 'browser',
    outputOptions: { entryFileNames: '[name].js' },
    dts: false,
    sourcemap: true,
  },
]);

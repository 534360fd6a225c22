import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';
import { writeLicenses } from '../core/build/licenses.ts';

const core = (entry: string) => fileURLToPath(new URL(`../core/src/${entry}`, import.meta.url));

// n8n loads nodes with `require` and by file name, so the layout of `nodes` and `credentials` is kept.
export default defineConfig({
  entry: {
    'nodes/TwelveLabs/TwelveLabs.node': 'nodes/TwelveLabs/TwelveLabs.node.ts',
    'nodes/TwelveLabsEmbeddings/TwelveLabsEmbeddings.node':
      'nodes/TwelveLabsEmbeddings/TwelveLabsEmbeddings.node.ts',
    'nodes/TwelveLabsTrigger/TwelveLabsTrigger.node': 'nodes/TwelveLabsTrigger/TwelveLabsTrigger.node.ts',
    'credentials/TwelveLabsApi.credentials': 'credentials/TwelveLabsApi.credentials.ts',
  },
  format: 'cjs',
  platform: 'node',
  target: 'node22.19',
  dts: false,
  sourcemap: true,
  onSuccess: () => writeLicenses(['ipaddr.js'], 'dist/THIRD-PARTY-LICENSES.txt'),
  outExtensions: () => ({ js: '.js' }),
  // Core's source, not its build: that one has zod in it.
  alias: {
    '@twelvelabs-nodes/core$': core('index.ts'),
  },
  deps: {
    // zod uses `globalThis`, which n8n's scanner refuses in a package, and n8n brings zod itself.
    neverBundle: [/^n8n-workflow$/, /^zod/],
    alwaysBundle: [/^@twelvelabs-nodes\/core/],
  },
  copy: [
    { from: 'icons', to: 'dist' },
    { from: 'nodes/TwelveLabs/TwelveLabs.node.json', to: 'dist/nodes/TwelveLabs' },
    {
      from: 'nodes/TwelveLabsEmbeddings/TwelveLabsEmbeddings.node.json',
      to: 'dist/nodes/TwelveLabsEmbeddings',
    },
    { from: 'nodes/TwelveLabsTrigger/TwelveLabsTrigger.node.json', to: 'dist/nodes/TwelveLabsTrigger' },
  ],
});

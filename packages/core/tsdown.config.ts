import { fileURLToPath } from 'node:url';
import { defineConfig, type Rolldown, type UserConfig } from 'tsdown';
import { writeLicenses } from './build/licenses.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const common: UserConfig = {
  entry: { index: 'src/index.ts', 'node/index': 'src/node/index.ts', 'node/assets': 'src/node/assets.ts' },
  target: 'node22.19',
  platform: 'node',
  fixedExtension: true,
};

/** Leaves out what undici loads for FormData bodies, for HTTP/2 and for SOCKS: core sends none, by neither. */
const withoutUnused: Rolldown.Plugin = {
  name: 'undici-without-unused',
  resolveId: (source, importer) =>
    importer?.includes('/undici/') && /^\.{1,2}\/(web\/|client-h2|socks5-proxy-agent)/.test(source)
      ? path('./build/nothing.cjs')
      : undefined,
};

/** The types of the schemas are zod's own: nobody has to guess whether two copies of them are the same. */
const types = (extension: string): UserConfig => ({
  ...common,
  format: 'esm',
  tsconfig: 'tsconfig.build.json',
  dts: { emitDtsOnly: true },
  outExtensions: () => ({ dts: extension }),
  clean: false,
});

export default defineConfig([
  {
    ...common,
    format: ['esm', 'cjs'],
    sourcemap: true,
    // Comments and wide characters make a bundle slower to load; the types have the comments, a file the licenses.
    outputOptions: { comments: { jsdoc: false, legal: false }, charset: 'ascii' },
    // undici's own switch for bundles without its experimental parser, which nothing here asks for.
    define: { esbuildDetection: 'true' },
    dts: false,
    // Their many small files take three times as long to load as this package's own, and zod's and undici's indexes
    // load much that is not used here. Bundled, only what is used is left. (Hosts that bundle core take its source.)
    deps: { alwaysBundle: [/^zod/, /^undici/, /^ipaddr\.js/] },
    alias: { undici$: path('./build/undici-lean.cjs') },
    plugins: [withoutUnused],
    hooks: {
      'build:done': () =>
        writeLicenses(['zod', 'undici', 'ipaddr.js'], path('./dist/THIRD-PARTY-LICENSES.txt')),
    },
  },
  types('.d.mts'),
  types('.d.cts'),
]);

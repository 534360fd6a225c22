import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { index: 'src/index.ts', 'node/index': 'src/node/index.ts' },
  format: ['esm', 'cjs'],
  target: 'node22.19',
  platform: 'node',
  dts: true,
  sourcemap: true,
  fixedExtension: true,
});

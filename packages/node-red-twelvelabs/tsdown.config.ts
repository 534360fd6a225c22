import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/nodes/*.ts'],
  outDir: 'dist',
  format: 'esm',
  // Node-RED's own minimum; the tests run the built package on exactly that one.
  target: 'node22.9',
  platform: 'node',
  fixedExtension: false,
  dts: false,
  sourcemap: false,
  copy: [
    { from: 'src/editor/*.html', to: 'dist' },
    { from: 'src/locales', to: 'dist' },
    { from: 'src/icons', to: 'dist' },
  ],
});

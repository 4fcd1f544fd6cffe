import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'isolated-child': 'src/isolated/child.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22',
  clean: true,
  // One file to load for who imports the package.
  splitting: false,
  // The declarations come from tsc, which is the one that checks them: see the script `build`.
  dts: false,
});
